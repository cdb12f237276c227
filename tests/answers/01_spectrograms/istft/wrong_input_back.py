# Slip: the input returned as it is.
# Names it: shape
def istft(X, *, length, hop_length=128):
    """Turn a complex spectrogram back into a waveform."""
    return X
