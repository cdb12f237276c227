# Slip: reshapes as if there were one item.
# Names it: invalid for input
def dim_shuffle(x, r=2):
    B, C, T = x.shape
    return x.reshape(1, C // r, r, T).transpose(2, 3).reshape(1, C // r, r * T)
