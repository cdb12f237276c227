# torchmetrics has both ratios.
from torchmetrics.functional.audio import scale_invariant_signal_distortion_ratio, signal_noise_ratio


def snr(estimate, reference):
    return signal_noise_ratio(estimate, reference)


def si_sdr(estimate, reference):
    return scale_invariant_signal_distortion_ratio(estimate, reference, zero_mean=False)


def gain(enhance, pairs, metric):
    total, count = 0.0, 0
    for y, s in pairs:
        difference = metric(enhance(y), s) - metric(y, s)
        total += float(difference.sum())
        count += difference.numel()
    return total / count
