# Slip: the input returned as it is.
def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return A
