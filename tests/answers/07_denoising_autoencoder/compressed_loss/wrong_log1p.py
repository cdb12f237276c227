# Slip: adds 1 before the logarithm.
# Names it: 1 is added
def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    a, b = S_hat.clamp_min(smallest), S.clamp_min(smallest)
    if exponent == 0:
        return (a.log1p() - b.log1p()).square().mean()
    return (a ** exponent - b ** exponent).square().mean()
