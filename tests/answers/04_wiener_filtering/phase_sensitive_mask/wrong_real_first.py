# Slip: takes the real part before dividing.
# Names it: first divide

def phase_sensitive_mask(S, Y):
    return (S.real / Y.abs().clamp_min(1e-20)).clamp(0, 1)
