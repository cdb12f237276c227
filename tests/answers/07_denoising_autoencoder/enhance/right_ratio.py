def enhance(y, model):
    with torch.inference_mode():
        model = model.eval()
        x = y.contiguous().view(-1, 1, y.shape[-1])
        rms = torch.linalg.vector_norm(x, dim=-1, keepdim=True) / x.shape[-1] ** 0.5
        x = x / torch.where(rms == 0, 1.0, rms)
        Y = stft(x)
        gain = model(Y.abs()) / Y.abs().clamp_min(1e-12)
        return (istft(gain * Y, length=x.shape[-1]) * rms).clone().view(y.shape)
