"""How good is an estimate? Measures of speech enhancement, each `metric(estimate, reference)`.

| function  | measures                                       | unit, range     | better | blind to               |
|-----------|------------------------------------------------|-----------------|--------|------------------------|
| `snr`     | signal power against error power               | dB              | higher | how the error sounds   |
| `si_sdr`  | the same after the best gain for the reference | dB              | higher | level                  |
| `lsd`     | distance of log power spectra                  | log10, 0 or more| lower  | phase, delay           |
| `pesq_wb` | perceived quality, model of ITU-T P.862.2      | MOS-LQO, 1-4.64 | higher | level, constant delay  |
| `stoi`    | intelligibility: correlation of band envelopes | about 0 to 1    | higher | level, most distortion |
| `estoi`   | the same, also where the noise fluctuates      | about 0 to 1    | higher | level, most distortion |

Waveforms are `(..., time)` at 16 kHz, estimate and reference of one shape; a result has the shape of the leading
axes, so a batch is measured at once. PESQ and STOI come from the libraries `pesq` and `pystoi` and run one
waveform after the other. Degenerate input follows the formulas: a perfect estimate has an SNR of inf; where a
measure has no value (PESQ of a silent reference, STOI of a clip too short) it is nan. Malformed input raises
ValueError.

References
----------
.. [1] Le Roux et al., "SDR - half-baked or well done?", ICASSP 2019.
.. [2] Gray and Markel, "Distance measures for speech processing", IEEE TASSP 24(5), 1976.
.. [3] ITU-T P.862.2, "Wideband extension to Recommendation P.862", 2007.
.. [4] Taal et al., "An algorithm for intelligibility prediction of time-frequency weighted noisy speech", IEEE TASLP
   19(7), 2011.
.. [5] Jensen and Taal, "An algorithm for predicting the intelligibility of speech masked by modulated noise maskers",
   IEEE/ACM TASLP 24(11), 2016.
"""

import warnings
from collections.abc import Callable

import torch

from course_utils.signal import HOP_LENGTH, N_FFT, SAMPLE_RATE, check_waveform, frames, stft

Metric = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def _check_pair(estimate: torch.Tensor, reference: torch.Tensor) -> None:
    check_waveform(estimate, "estimate")
    check_waveform(reference, "reference")
    if estimate.shape != reference.shape:
        raise ValueError(f"estimate has shape {tuple(estimate.shape)}, but reference {tuple(reference.shape)}: "
                         "they must be equal")


def snr(estimate: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Compute the signal-to-noise ratio of an estimate: `10 log10(|s|^2 / |s_hat - s|^2)`.

    Everything in which the estimate differs from the reference is noise: a changed level or a delay as well.

    Parameters
    ----------
    estimate, reference : torch.Tensor [shape=(..., time)]
        Waveforms.

    Returns
    -------
    torch.Tensor [shape=(...)]
        SNR in dB; inf where the two are equal, 0 where the estimate is silent, -inf where only the reference is, nan
        where both are.

    Raises
    ------
    ValueError
        If the shapes differ or a sample is not finite.

    Examples
    --------
    >>> snr(torch.tensor([0.9, 0.0]), torch.tensor([1.0, 0.0]))
    tensor(20.0000)
    """
    _check_pair(estimate, reference)
    return 10 * torch.log10(reference.square().sum(-1) / (estimate - reference).square().sum(-1))


def si_sdr(estimate: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Compute the scale-invariant signal-to-distortion ratio [1]_: the SNR after the best gain for the reference.

    Multiplying the estimate by a number other than 0 changes nothing. No mean is removed.

    Parameters
    ----------
    estimate, reference : torch.Tensor [shape=(..., time)]
        Waveforms.

    Returns
    -------
    torch.Tensor [shape=(...)]
        SI-SDR in dB; nan where one of the two is silent.

    Raises
    ------
    ValueError
        If the shapes differ or a sample is not finite.

    References
    ----------
    .. [1] Le Roux et al., "SDR - half-baked or well done?", ICASSP 2019, eq. 3.
    """
    _check_pair(estimate, reference)
    gain = (estimate * reference).sum(-1, keepdim=True) / reference.square().sum(-1, keepdim=True)
    target = gain * reference  # (..., T)
    return 10 * torch.log10(target.square().sum(-1) / (estimate - target).square().sum(-1))


def lsd(estimate: torch.Tensor, reference: torch.Tensor, *, n_fft: int = N_FFT,
        hop_length: int = HOP_LENGTH) -> torch.Tensor:
    """Compute the log-spectral distance: per frame the root mean square of `log10(|X|^2 / |X_ref|^2)`, then the mean.

    On the course's STFT, with no factor of ten: a level that is 10 dB off everywhere has a distance of 1. Powers
    are limited from below to 1e-10 (about -100 dB), or digital silence would be infinitely far from anything. Who
    compares with numbers of others has to know their frames, too: longer ones give other distances.

    Parameters
    ----------
    estimate, reference : torch.Tensor [shape=(..., time)]
        Waveforms.
    n_fft, hop_length : int
        Samples in a frame, and from one frame to the next.

    Returns
    -------
    torch.Tensor [shape=(...)]
        LSD, at least 0; 0 where the magnitudes are equal, whatever the phases.

    Raises
    ------
    ValueError
        If the shapes differ or a sample is not finite.
    """
    _check_pair(estimate, reference)
    X, X_ref = (stft(x, n_fft=n_fft, hop_length=hop_length).abs().square().clamp_min(1e-10)
                for x in (estimate, reference))  # (..., F, K)
    return torch.log10(X / X_ref).square().mean(-2).sqrt().mean(-1)


def pesq_wb(estimate: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Compute wideband PESQ (ITU-T P.862.2) with the library `pesq`.

    Made for telephone networks and speech of 8 to 20 s; on clips of a few seconds it still ranks, but scatters.

    Parameters
    ----------
    estimate, reference : torch.Tensor [shape=(..., time)]
        Waveforms at 16 kHz.

    Returns
    -------
    torch.Tensor [shape=(...)]
        MOS-LQO from 1.04 to 4.64; nan where one of the two is silent, or the library finds no speech.

    Raises
    ------
    ValueError
        If the shapes differ or a sample is not finite.
    ModuleNotFoundError
        If `pesq` is not installed; it needs a C compiler at install.
    """
    _check_pair(estimate, reference)
    try:
        import pesq
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("PESQ needs the package pesq, which compiles at install: install a C compiler "
                                  "(on Debian: apt-get install gcc), then run `make setup` again") from error

    def one(x: torch.Tensor, x_ref: torch.Tensor) -> float:
        if not x.any() or not x_ref.any():
            return float("nan")
        try:
            return pesq.pesq(SAMPLE_RATE, x_ref.numpy(), x.numpy(), "wb")
        except (pesq.NoUtterancesError, pesq.BufferTooShortError):
            return float("nan")

    return _one_by_one(one, estimate, reference)


def stoi(estimate: torch.Tensor, reference: torch.Tensor, *, extended: bool = False) -> torch.Tensor:
    """Compute the short-time objective intelligibility (Taal et al. 2011) with the library `pystoi`.

    Parameters
    ----------
    estimate, reference : torch.Tensor [shape=(..., time)]
        Waveforms at 16 kHz.
    extended : bool
        Compute ESTOI (Jensen and Taal 2016) instead.

    Returns
    -------
    torch.Tensor [shape=(...)]
        STOI, about 0 to 1; nan where there are fewer than 0.4 s of speech.

    Raises
    ------
    ValueError
        If the shapes differ or a sample is not finite.
    """
    _check_pair(estimate, reference)
    from pystoi import stoi as pystoi_stoi

    def one(x: torch.Tensor, x_ref: torch.Tensor) -> float:
        if not x_ref.any():
            return float("nan")
        with warnings.catch_warnings():
            # Too little speech is a warning and a score of 1e-5 there; nobody should average that.
            warnings.simplefilter("error", RuntimeWarning)
            try:
                return pystoi_stoi(x_ref.numpy(), x.numpy(), SAMPLE_RATE, extended=extended)
            except (RuntimeWarning, ValueError):
                return float("nan")

    return _one_by_one(one, estimate, reference)


def estoi(estimate: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Compute the extended STOI (Jensen and Taal 2016): `stoi` with `extended=True`."""
    return stoi(estimate, reference, extended=True)


def by_segment(metric: Metric, estimate: torch.Tensor, reference: torch.Tensor, *,
               seconds: float = 1.0) -> torch.Tensor:
    """Measure segment by segment what a metric would say of the whole file in one number.

    Parameters
    ----------
    metric : callable
        One of this module.
    estimate, reference : torch.Tensor [shape=(..., time)]
        Waveforms at 16 kHz.
    seconds : float
        Length of a segment. An unfinished segment at the end is left out.

    Returns
    -------
    torch.Tensor [shape=(..., segment)]
        The metric of each segment.

    Raises
    ------
    ValueError
        If the shapes differ, a sample is not finite, or the clip is shorter than one segment, or that than a sample.
    """
    _check_pair(estimate, reference)
    length = round(seconds * SAMPLE_RATE)
    pieces = [frames(x, frame_length=length, hop_length=length).transpose(-1, -2) for x in (estimate, reference)]
    return metric(*pieces)  # (..., segment, length) -> (..., segment)


def evaluate(estimate: torch.Tensor, reference: torch.Tensor) -> dict[str, float]:
    """Compute every metric of the course at file level, averaged over batch and channels.

    Parameters
    ----------
    estimate, reference : torch.Tensor [shape=(..., time)]
        Waveforms at 16 kHz.

    Returns
    -------
    dict of str to float
        `snr`, `si_sdr`, `lsd`, `pesq_wb`, `stoi` and `estoi`. `pesq_wb` is nan where PESQ is not installed.

    Raises
    ------
    ValueError
        If the shapes differ or a sample is not finite.
    """
    values = {}
    for metric in (snr, si_sdr, lsd, pesq_wb, stoi, estoi):
        try:
            values[metric.__name__] = metric(estimate, reference).double().mean().item()
        except ModuleNotFoundError:
            values[metric.__name__] = float("nan")
    return values


def _one_by_one(one: Callable[[torch.Tensor, torch.Tensor], float], estimate: torch.Tensor,
                reference: torch.Tensor) -> torch.Tensor:
    """Apply a measure of single waveforms to every waveform of a batch."""
    pairs = zip(estimate.detach().cpu().reshape(-1, estimate.shape[-1]),
                reference.detach().cpu().reshape(-1, reference.shape[-1]), strict=True)
    values = [one(x, x_ref) for x, x_ref in pairs]
    return torch.tensor(values, dtype=estimate.dtype).reshape(estimate.shape[:-1])
