# Slip: writes into S.
# Names it: changed its input
def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    product = S.mul_(N.conj())
    return 2 * product.real
