# Slip: repeats samples.
# Names it: repeated
def make_pair(s, prepare):
    y = prepare(s)
    return y.repeat_interleave(s.shape[-1] // y.shape[-1], -1), s
