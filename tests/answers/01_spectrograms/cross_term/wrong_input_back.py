# Slip: the input returned as it is.
def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return S
