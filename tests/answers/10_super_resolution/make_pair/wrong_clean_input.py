# Slip: forgets to use what was prepared.
# Names it: take what
def make_pair(s, prepare):
    prepare(s)
    return s, s
