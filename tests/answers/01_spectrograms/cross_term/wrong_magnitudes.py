# Slip: product of the magnitudes.
# Names it: same phase
def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return 2 * S.abs() * N.abs()
