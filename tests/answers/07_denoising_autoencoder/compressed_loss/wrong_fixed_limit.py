# Slip: ignores the argument smallest.
# Names it: the argument smallest
def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    a, b = S_hat.clamp_min(1e-3), S.clamp_min(1e-3)
    if exponent == 0:
        return (a.log() - b.log()).square().mean()
    return (a ** exponent - b ** exponent).square().mean()
