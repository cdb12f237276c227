# Slip: returns the noisy spectrogram.
# Names it: Y as it was

def reuse_phase(S_power, Y):
    return Y
