def noise_psd(Y, noise_only):
    P = Y.abs() ** 2
    P = P.masked_fill(~noise_only[..., None, :], float("nan"))
    return P.nanmean(-1, keepdim=True)
