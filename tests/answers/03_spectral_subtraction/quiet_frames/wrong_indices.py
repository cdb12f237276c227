# Slip: returns positions, not a mask.
# Names it: positions

def quiet_frames(Y, *, fraction=0.2):
    P = Y.abs().square().sum(-2)
    return P.argsort(-1)[..., :max(1, round(fraction * P.shape[-1]))]
