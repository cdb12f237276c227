# Slip: has no logarithm for c = 0.
# Names it: use the logarithm
def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    a, b = S_hat.clamp_min(smallest), S.clamp_min(smallest)
    return (a ** exponent - b ** exponent).square().mean()
