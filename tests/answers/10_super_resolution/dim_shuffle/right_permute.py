def dim_shuffle(x, r=2):
    B, C, T = x.shape
    return x.unflatten(1, (-1, r)).permute(0, 1, 3, 2).flatten(2)
