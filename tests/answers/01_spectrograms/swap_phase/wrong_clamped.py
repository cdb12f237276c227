# Slip: 0 where B is 0.
# Names it: zero has no phase
def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return A.abs() * B / B.abs().clamp_min(1e-12)
