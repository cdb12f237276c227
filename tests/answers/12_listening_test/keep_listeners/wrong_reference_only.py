# Slip: the anchor is not looked at.
# Names it: reason of its own
def keep_listeners(reference, anchor):
    return (reference < 90).float().mean(1) <= 0.15
