# Slip: The mean over the wrong axis.
# Names it: axis 0


def pca(x, d):
    mean = x.mean(1)
    centred = x - x.mean(0)
    return mean, torch.linalg.svd(centred, full_matrices=False)[2][:d]
