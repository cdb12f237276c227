def augment(s, n, rir, *, generator, gain_db=(-14.0, 6.0), snr_db=(-5.0, 15.0), p_room=0.3, p_clip=0.1,
            clip_db=(-15.0, -3.0)):
    u = torch.rand(5, generator=generator).tolist()
    wet = degrade.reverberate(s, rir) if u[0] < p_room else s.clone()
    target = wet * 10 ** ((gain_db[0] + u[1] * (gain_db[1] - gain_db[0])) / 20)
    noisy = add_noise(target, n, snr_db=snr_db, generator=generator)
    if u[2] < p_clip:
        limit = noisy.abs().max() * 10 ** ((clip_db[0] + u[3] * (clip_db[1] - clip_db[0])) / 20)
        noisy = noisy.clamp(-limit, limit)
    return [noisy, target]
