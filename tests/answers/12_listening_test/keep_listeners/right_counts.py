def keep_listeners(reference, anchor):
    clips = reference.shape[1]
    missed, taken = (reference < 90).sum(1), (anchor > 90).sum(1)
    return ~((missed > 0.15 * clips) | (taken > 0.15 * clips))
