# Slip: compresses the difference.
# Names it: then subtract
def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    a, b = S_hat.clamp_min(smallest), S.clamp_min(smallest)
    if exponent == 0:
        return (a.log() - b.log()).square().mean()
    return ((a - b).abs() ** exponent).square().mean()
