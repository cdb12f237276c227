# Slip: the power of the sum.
# Names it: power of the sum
def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return (S + N).abs() ** 2
