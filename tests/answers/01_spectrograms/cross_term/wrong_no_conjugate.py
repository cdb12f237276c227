# Slip: without the conjugate.
# Names it: conjugate is missing
def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return 2 * (S * N).real
