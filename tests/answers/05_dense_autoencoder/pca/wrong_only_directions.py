# Slip: Forgets to return the mean.
# Names it: Return two things


def pca(x, d):
    return torch.linalg.svd(x - x.mean(0), full_matrices=False)[2][:d]
