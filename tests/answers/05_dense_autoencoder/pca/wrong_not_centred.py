# Slip: Forgets to take the mean away.
# Names it: Take the mean away


def pca(x, d):
    mean = x.mean(0)
    return mean, torch.linalg.svd(x, full_matrices=False)[2][:d]
