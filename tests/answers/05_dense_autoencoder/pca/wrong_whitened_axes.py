# Slip: Divides by the standard deviation first: PCA of the correlations.
# Names it: standard deviation


def pca(x, d):
    mean = x.mean(0)
    return mean, torch.linalg.svd((x - mean) / x.std(0).clamp_min(1e-6), full_matrices=False)[2][:d]
