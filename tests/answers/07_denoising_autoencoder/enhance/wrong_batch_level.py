# Slip: takes one level for the batch.
# Names it: shares one level
def enhance(y, model):
    model.eval()
    with torch.no_grad():
        x = y.reshape(-1, 1, y.shape[-1])
        level = x.square().mean().sqrt().clamp_min(1e-8)
        Y = stft(x / level)
        S_hat = model(Y.abs()) * torch.sgn(Y)
        s_hat = level * istft(S_hat, length=y.shape[-1])
        return s_hat.reshape(y.shape)
