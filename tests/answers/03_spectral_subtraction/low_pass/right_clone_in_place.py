def low_pass(Y, *, cutoff_hz):
    S_hat = Y.clone()
    for f in reversed(range(Y.shape[-2])):
        if f * 8000 > cutoff_hz * (Y.shape[-2] - 1):
            S_hat[..., f, :] *= 0
    return S_hat
