# Slip: keeps the complex product.
# Names it: real part
def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return 2 * S.conj() * N
