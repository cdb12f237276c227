# Slip: one slip is allowed, however many clips.
def keep_listeners(reference, anchor):
    return ((reference < 90).sum(1) <= 1) & ((anchor > 90).sum(1) <= 1)
