# Slip: Returns the directions as columns.
# Names it: shape


def pca(x, d):
    mean = x.mean(0)
    return mean, torch.linalg.svd(x - mean, full_matrices=False)[2][:d].T
