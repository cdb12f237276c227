# Slip: Takes the columns of Vh.
# Names it: the directions are the rows of Vh


def pca(x, d):
    mean = x.mean(0)
    return mean, torch.linalg.svd(x - mean, full_matrices=False)[2][:, :d].T
