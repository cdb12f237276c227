# Slip: The strongest directions, but in ascending order.
# Names it: weaker direction stands first


def pca(x, d):
    mean = x.mean(0)
    return mean, torch.linalg.eigh((x - mean).T @ (x - mean))[1].T[-d:]
