# Slip: adds the limit.
# Names it: is added to the magnitudes
def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    a, b = S_hat + smallest, S + smallest
    if exponent == 0:
        return (a.log() - b.log()).square().mean()
    return (a ** exponent - b ** exponent).square().mean()
