# Slip: True for those to leave out.
# Names it: True for those who are kept
def keep_listeners(reference, anchor):
    return ((reference < 90).float().mean(1) > 0.15) | ((anchor > 90).float().mean(1) > 0.15)
