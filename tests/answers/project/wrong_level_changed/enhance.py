# Slip: The result is as loud as the training clips, not as the recording.
# Fails: enhance_test
# Names it: and back afterwards
def enhance(y, model, *, rate=SAMPLE_RATE):
    if not y.shape[-1] or not torch.isfinite(y).all():
        raise ValueError("no sound")
    model.eval()
    with torch.no_grad():
        x = y.reshape(-1, 1, y.shape[-1])
        x = torchaudio.functional.resample(x, rate, SAMPLE_RATE)
        x = model(0.1 * x / x.square().mean(-1, keepdim=True).sqrt().clamp_min(1e-8))
        x = torchaudio.functional.resample(x, SAMPLE_RATE, rate)[..., :y.shape[-1]]
        return torch.nn.functional.pad(x, (0, y.shape[-1] - x.shape[-1])).reshape(y.shape)
