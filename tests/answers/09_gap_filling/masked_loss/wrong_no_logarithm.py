# Slip: forgets the logarithm.
# Names it: logarithm is missing
def masked_loss(s_hat, s, mask):
    error = (mask * (s_hat - s)).square().sum((-1, -2))
    power = (mask * s).square().sum((-1, -2)).clamp_min(1e-8)
    return (error / power + 0.01).mean()
