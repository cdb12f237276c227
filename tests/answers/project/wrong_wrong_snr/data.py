# Slip: The square root is forgotten: a ratio of powers scales an amplitude.
# Fails: mix_test, Pairs_test
# Names it: take the square root
def mix(s, n, *, snr_db):
    n = n.repeat(*[1] * (n.ndim - 1), -(-s.shape[-1] // n.shape[-1]))[..., :s.shape[-1]]
    power_s, power_n = s.square().mean(-1, keepdim=True), n.square().mean(-1, keepdim=True)
    if not (power_s > 0).all() or not (power_n > 0).all():
        raise ValueError("silence")
    return s + (power_s / power_n).sqrt() * 10 ** (-snr_db / 10) * n
