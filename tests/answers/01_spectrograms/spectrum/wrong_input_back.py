# Slip: the input returned as it is.
# Names it: shape
def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    return frames
