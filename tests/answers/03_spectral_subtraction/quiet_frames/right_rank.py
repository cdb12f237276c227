def quiet_frames(Y, *, fraction=0.2):
    power = Y.abs().pow(2).sum(-2)
    rank = power.argsort(-1).argsort(-1)  # position of each frame in the sorted list
    return rank < max(1, round(fraction * power.shape[-1]))
