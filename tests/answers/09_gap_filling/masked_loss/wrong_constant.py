# Slip: returns a constant.
def masked_loss(s_hat, s, mask):
    return 0 * s_hat.sum() - 2.0
