# Slip: puts the noise into the room as well.
# Names it: The noise is in the room too
def augment(s, n, rir, *, generator, gain_db=(-14.0, 6.0), snr_db=(-5.0, 15.0), p_room=0.3, p_clip=0.1,
            clip_db=(-15.0, -3.0)):
    def draw(low, high):
        return low + (high - low) * float(torch.rand((), generator=generator))

    mixed = add_noise(s, n, snr_db=snr_db, generator=generator)
    gain = 10 ** (draw(*gain_db) / 20)
    noisy, target = gain * mixed, gain * s
    if draw(0, 1) < p_room:
        noisy, target = degrade.reverberate(noisy, rir), degrade.reverberate(target, rir)
    if draw(0, 1) < p_clip:
        noisy = degrade.clip(noisy, threshold_db=draw(*clip_db))
    return noisy, target
