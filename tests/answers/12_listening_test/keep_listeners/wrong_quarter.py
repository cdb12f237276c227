# Slip: 25 % are allowed.
def keep_listeners(reference, anchor):
    return ((reference < 90).float().mean(1) <= 0.25) & ((anchor > 90).float().mean(1) <= 0.25)
