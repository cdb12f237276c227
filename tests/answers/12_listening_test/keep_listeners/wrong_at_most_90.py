# Slip: 90 is too low for the reference.
# Names it: not below 90
def keep_listeners(reference, anchor):
    return ((reference <= 90).float().mean(1) <= 0.15) & ((anchor > 90).float().mean(1) <= 0.15)
