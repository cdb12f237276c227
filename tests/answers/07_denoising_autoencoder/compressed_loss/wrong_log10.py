# Slip: takes the logarithm to base 10.
# Names it: base 10
def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    a, b = S_hat.clamp_min(smallest), S.clamp_min(smallest)
    if exponent == 0:
        return (a.log10() - b.log10()).square().mean()
    return (a ** exponent - b ** exponent).square().mean()
