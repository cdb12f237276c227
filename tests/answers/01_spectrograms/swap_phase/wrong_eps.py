# Slip: adds a small number to |B|.
# Names it: small number
def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return A.abs() * B / (B.abs() + 1e-8)
