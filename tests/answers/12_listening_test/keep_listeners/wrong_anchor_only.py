# Slip: the reference is not looked at.
# Names it: is kept. What counts
def keep_listeners(reference, anchor):
    return (anchor > 90).float().mean(1) <= 0.15
