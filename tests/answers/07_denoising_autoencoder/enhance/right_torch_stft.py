def enhance(y, model):
    T, w = y.shape[-1], torch.hann_window(512)
    model.eval()
    x = y.flatten(0, -2) if y.ndim > 1 else y[None]
    rms = x.pow(2).mean(1, keepdim=True).sqrt() + 1e-9
    Y = torch.stft(x / rms, 512, 128, window=w, center=True, pad_mode="constant", return_complex=True)
    S_hat = model(Y.abs()[:, None])[:, 0].detach() * torch.exp(1j * Y.angle())
    out = torch.istft(S_hat, 512, 128, window=w, center=True, length=T)
    return (rms * out).reshape(y.shape)
