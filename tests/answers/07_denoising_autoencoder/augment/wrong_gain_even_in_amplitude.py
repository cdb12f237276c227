# Slip: draws the amplitude factor evenly, not the gain in dB.
# Names it: not spread evenly
def augment(s, n, rir, *, generator, gain_db=(-14.0, 6.0), snr_db=(-5.0, 15.0), p_room=0.3, p_clip=0.1,
            clip_db=(-15.0, -3.0)):
    def draw(low, high):
        return low + (high - low) * float(torch.rand((), generator=generator))

    target = draw(*(10 ** (g / 20) for g in gain_db)) * s
    if draw(0, 1) < p_room:
        target = degrade.reverberate(target, rir)
    noisy = add_noise(target, n, snr_db=snr_db, generator=generator)
    if draw(0, 1) < p_clip:
        noisy = degrade.clip(noisy, threshold_db=draw(*clip_db))
    return noisy, target
