# Slip: an anchor of 90 is too high.
# Names it: not above 90
def keep_listeners(reference, anchor):
    return ((reference < 90).float().mean(1) <= 0.15) & ((anchor >= 90).float().mean(1) <= 0.15)
