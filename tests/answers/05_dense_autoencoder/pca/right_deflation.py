def pca(x, d):
    mean = torch.stack([x[:, k].sum() / x.shape[0] for k in range(x.shape[1])])
    left = (x - mean).double()
    rows = []
    for _ in range(d):
        v = torch.linalg.svd(left)[2][0]
        rows.append(v)
        left = left - torch.outer(left @ v, v)
    return mean, torch.linalg.qr(torch.stack(rows).T)[0].T.float()
