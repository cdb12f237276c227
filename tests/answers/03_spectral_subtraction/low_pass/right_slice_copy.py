def low_pass(Y, *, cutoff_hz):
    last = int(cutoff_hz * (Y.shape[-2] - 1) / 8000)
    S_hat = Y.clone()
    S_hat[..., last + 1:, :] = 0
    return S_hat
