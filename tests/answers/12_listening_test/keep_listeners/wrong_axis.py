# Slip: mean over listeners.
# Names it: shape
def keep_listeners(reference, anchor):
    return ((reference < 90).float().mean(0) <= 0.15) & ((anchor > 90).float().mean(0) <= 0.15)
