# Slip: does not put the level back.
# Names it: level is not put back
def enhance(y, model):
    model.eval()
    with torch.no_grad():
        x = y.reshape(-1, 1, y.shape[-1])
        level = x.square().mean(-1, keepdim=True).sqrt().clamp_min(1e-8)
        Y = stft(x / level)
        S_hat = model(Y.abs()) * torch.sgn(Y)
        s_hat = istft(S_hat, length=y.shape[-1])
        return s_hat.reshape(y.shape)
