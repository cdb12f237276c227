import numpy as np


def pca(x, d):
    data = x.numpy()
    mean = data.mean(0)
    _, _, v = np.linalg.svd(data - mean, full_matrices=True)
    return torch.from_numpy(mean), torch.from_numpy(np.ascontiguousarray(-v[:d]))
