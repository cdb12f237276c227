"""Metrics: how near an estimate is to the clean speech, and what an enhancer gains.

All take (estimate, reference), waveforms with time as the last axis, and return one value for each waveform.
"""

from collections.abc import Callable, Iterable

import torch


def snr(estimate: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Return the signal-to-noise ratio in dB: the reference's power over the power of the difference.

    Parameters
    ----------
    estimate, reference : torch.Tensor [shape=(..., T)]
        Waveforms.

    Returns
    -------
    torch.Tensor [shape=(...)]
        dB; infinite for an estimate that is the reference.
    """
    ### BEGIN SOLUTION
    return 10 * torch.log10(reference.square().sum(-1) / (estimate - reference).square().sum(-1))
    ### END SOLUTION


def si_sdr(estimate: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
    """Return the scale-invariant signal-to-distortion ratio in dB (Le Roux et al. 2019, eq. 3-5).

    Parameters
    ----------
    estimate, reference : torch.Tensor [shape=(..., T)]
        Waveforms.

    Returns
    -------
    torch.Tensor [shape=(...)]
        dB; the same for an estimate that is twice as loud.
    """
    ### BEGIN SOLUTION
    scale = (estimate * reference).sum(-1, keepdim=True) / reference.square().sum(-1, keepdim=True)
    return snr(estimate, scale * reference)
    ### END SOLUTION


def gain(enhance: Callable[[torch.Tensor], torch.Tensor], pairs: Iterable[tuple[torch.Tensor, torch.Tensor]],
         metric: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> float:
    """Return what an enhancer gains: the mean over all clips of the metric after it minus the metric before it.

    Every clip counts the same, however the clips lie in batches.

    Parameters
    ----------
    enhance : callable
        Noisy to enhanced waveforms, (B, 1, T) to (B, 1, T).
    pairs : iterable of (noisy, clean)
        Batches, each (B, 1, T).
    metric : callable
        (estimate, reference), each (B, 1, T), to a value for each clip, (B, 1).

    Returns
    -------
    float
        The mean gain; 0 for an enhancer that does nothing.
    """
    ### BEGIN SOLUTION
    gains = [metric(enhance(y), s) - metric(y, s) for y, s in pairs]
    return float(torch.cat([each.reshape(-1) for each in gains]).mean())
    ### END SOLUTION
