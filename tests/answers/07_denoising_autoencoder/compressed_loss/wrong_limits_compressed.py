# Slip: limits the compressed values, not the magnitudes.
# Names it: before they are compressed
def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    if exponent == 0:
        return (S_hat.clamp_min(smallest).log() - S.clamp_min(smallest).log()).square().mean()
    return ((S_hat ** exponent).clamp_min(smallest) - (S ** exponent).clamp_min(smallest)).square().mean()
