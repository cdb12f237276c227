# Slip: a single slip is enough.
# Names it: 10 % is allowed
def keep_listeners(reference, anchor):
    return (reference >= 90).all(1) & (anchor <= 90).all(1)
