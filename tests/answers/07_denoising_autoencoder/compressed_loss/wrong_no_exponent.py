# Slip: is plain least squares.
# Names it: exponent is missing
def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    a, b = S_hat.clamp_min(smallest), S.clamp_min(smallest)
    if exponent == 0:
        return (a.log() - b.log()).square().mean()
    return (a - b).square().mean()
