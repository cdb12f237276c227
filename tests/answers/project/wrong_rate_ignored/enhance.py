# Slip: The rate is accepted, and the model hears everything as if at 16 kHz.
# Fails: enhance_test


enhance_at_16_khz = enhance


def enhance(y, model, *, rate=SAMPLE_RATE):
    if rate != SAMPLE_RATE:
        y = torch.nn.functional.interpolate(y.reshape(-1, 1, y.shape[-1]), scale_factor=SAMPLE_RATE / rate)[:, 0]
    return enhance_at_16_khz(y, model)
