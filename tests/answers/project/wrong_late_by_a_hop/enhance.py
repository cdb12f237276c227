# Slip: A hop of silence is put in front and not taken away again.
# Fails: enhance_test, enhance_stream_test
enhance_in_time = enhance


def enhance(y, model, *, rate=SAMPLE_RATE):
    late = torch.nn.functional.pad(y, (256, 0))[..., :y.shape[-1]]
    return enhance_in_time(late, model, rate=rate)
