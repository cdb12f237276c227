# Slip: groups channels that are C / r apart.
# Names it: neighbours belong together
def dim_shuffle(x, r=2):
    B, C, T = x.shape
    return x.reshape(B, r, C // r, T).permute(0, 2, 3, 1).reshape(B, C // r, r * T)
