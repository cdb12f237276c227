# Slip: no zeros at the ends.
# Names it: padding is missing
def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    return x.unfold(-1, frame_length, hop_length).transpose(-1, -2)
