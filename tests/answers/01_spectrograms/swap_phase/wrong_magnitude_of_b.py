# Slip: multiplies by B with its magnitude.
# Names it: brings its magnitude
def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return A.abs() * B
