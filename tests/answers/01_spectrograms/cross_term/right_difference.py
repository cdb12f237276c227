def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return (S + N).abs() ** 2 - S.abs() ** 2 - N.abs() ** 2
