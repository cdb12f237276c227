# Slip: Returns the left singular vectors.


def pca(x, d):
    mean = x.mean(0)
    return mean, torch.linalg.svd(x - mean, full_matrices=False)[0][:d]
