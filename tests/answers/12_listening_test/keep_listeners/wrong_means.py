# Slip: compares means of ratings.
def keep_listeners(reference, anchor):
    return (reference.mean(1) >= 90) & (anchor.mean(1) <= 90)
