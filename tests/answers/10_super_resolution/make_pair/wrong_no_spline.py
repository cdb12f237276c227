# Slip: leaves a low rate as it is.
# Names it: shape
def make_pair(s, prepare):
    return prepare(s), s
