def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return 2 * (S.real * N.real + S.imag * N.imag)
