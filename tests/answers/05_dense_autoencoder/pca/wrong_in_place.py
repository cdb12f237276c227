# Slip: Changes x.
# Names it: x after the call


def pca(x, d):
    mean = x.mean(0)
    x -= mean
    return mean, torch.linalg.svd(x, full_matrices=False)[2][:d]
