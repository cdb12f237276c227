# Slip: the input returned as it is.
# Names it: shape
def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    return x
