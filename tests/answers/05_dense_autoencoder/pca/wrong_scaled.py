# Slip: Directions scaled by the singular values.
# Names it: length has to be 1


def pca(x, d):
    mean = x.mean(0)
    _, S, V = torch.linalg.svd(x - mean, full_matrices=False)
    return mean, (S[:, None] * V)[:d]
