# Slip: the sum of the powers.
# Names it: sum of the powers
def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return S.abs() ** 2 + N.abs() ** 2
