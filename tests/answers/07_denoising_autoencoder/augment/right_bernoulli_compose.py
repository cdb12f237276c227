def augment(s, n, rir, *, generator, gain_db=(-14.0, 6.0), snr_db=(-5.0, 15.0), p_room=0.3, p_clip=0.1,
            clip_db=(-15.0, -3.0)):
    def draw(low, high):
        return low + (high - low) * float(torch.rand((), generator=generator))

    from functools import partial

    steps = [partial(torch.mul, 10 ** (draw(*gain_db) / 20))]
    if bool(torch.bernoulli(torch.tensor(float(p_room)), generator=generator)):
        steps.append(partial(degrade.reverberate, rir=rir))
    target = degrade.compose(*steps)(s)
    noisy = add_noise(target, n, snr_db=snr_db, generator=generator)
    if bool(torch.bernoulli(torch.tensor(float(p_clip)), generator=generator)):
        noisy = degrade.clip(noisy, threshold_db=draw(*clip_db))
    return noisy, target
