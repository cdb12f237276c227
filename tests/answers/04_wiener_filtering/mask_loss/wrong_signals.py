# Slip: compares signals.
# Names it: compare the masks

def mask_loss(H, S, Y):
    return (H * Y - S).abs().square().mean()
