# Slip: zeros and ones for truth values.
# Names it: torch.bool
def keep_listeners(reference, anchor):
    return (((reference < 90).float().mean(1) <= 0.15) & ((anchor > 90).float().mean(1) <= 0.15)).float()
