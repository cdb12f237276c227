# Slip: adds the two shares.
# Names it: not added
def keep_listeners(reference, anchor):
    return (reference < 90).float().mean(1) + (anchor > 90).float().mean(1) <= 0.15
