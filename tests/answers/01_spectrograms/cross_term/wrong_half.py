# Slip: without the factor of 2.
# Names it: counts twice
def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return (S.conj() * N).real
