# Slip: takes the mean of the absolute values for the level.
# Names it: mean of the absolute values
def enhance(y, model):
    model.eval()
    x = y.reshape(-1, 1, y.shape[-1])
    level = x.abs().mean(-1, keepdim=True).clamp_min(1e-8)
    with torch.no_grad():
        Y = stft(x / level)
        S_hat = model(Y.abs()) * torch.sgn(Y)
    return (level * istft(S_hat, length=y.shape[-1])).reshape(y.shape)
