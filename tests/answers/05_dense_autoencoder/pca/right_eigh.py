def pca(x, d):
    mean = x.mean(dim=0)
    covariance = (x - mean).T @ (x - mean) / (len(x) - 1)
    values, vectors = torch.linalg.eigh(covariance.double())
    order = values.argsort(descending=True)[:d]
    return mean, vectors[:, order].T.float()
