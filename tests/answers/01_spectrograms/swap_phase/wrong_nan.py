# Slip: 0 / 0 where B is 0.
# Names it: nan
def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return A.abs() / B.abs() * B
