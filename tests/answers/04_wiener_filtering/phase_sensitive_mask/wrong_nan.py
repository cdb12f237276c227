# Slip: divides by 0.
# Names it: division by 0

def phase_sensitive_mask(S, Y):
    return (S / Y).real.clamp(0, 1)
