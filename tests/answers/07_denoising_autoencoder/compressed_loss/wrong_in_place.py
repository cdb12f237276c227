# Slip: writes into its inputs.
# Names it: changed its input
def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    S_hat.data.clamp_(min=smallest)
    S.clamp_(min=smallest)
    if exponent == 0:
        return (S_hat.log() - S.log()).square().mean()
    return (S_hat ** exponent - S ** exponent).square().mean()
