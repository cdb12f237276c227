"""Enhancement of recordings: `python -m enhancer.enhance IN OUT --weights model.safetensors`."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

import torch
from torch import nn

from enhancer.data import SAMPLE_RATE
from enhancer.train import load

### BEGIN SOLUTION
import itertools

import soundfile
import torchaudio
### END SOLUTION


def enhance(y: torch.Tensor, model: nn.Module, *, rate: int = SAMPLE_RATE) -> torch.Tensor:
    """Enhance recordings of any shape, level and sampling rate.

    Parameters
    ----------
    y : torch.Tensor [shape=(..., T)]
        Noisy waveforms with any leading axes, from 1 sample on; each is enhanced by itself. It is not changed.
    model : nn.Module
        From noisy to enhanced waveforms, (B, 1, T) to (B, 1, T), at 16 kHz.
    rate : int
        Samples a second of y. Another than 16 kHz is resampled for the model, and the result back.

    Returns
    -------
    torch.Tensor [shape=(..., T)]
        Enhanced waveforms at the same rate, without gradients. Twice as loud in, twice as loud out; silence gives
        silence. The same input always gives the same output, whatever was enhanced before it.

    Raises
    ------
    ValueError
        If y has no samples, or holds NaN or infinity.
    """
    ### BEGIN SOLUTION
    if not y.shape[-1] or not torch.isfinite(y).all():
        raise ValueError(f"a waveform of shape {tuple(y.shape)} that is empty or not finite cannot be enhanced")
    model = model.eval()
    with torch.set_grad_enabled(False):
        x = y.reshape(-1, 1, y.shape[-1])  # (B, 1, T)
        x = torchaudio.functional.resample(x, rate, SAMPLE_RATE) if rate != SAMPLE_RATE else x
        level = x.square().mean(-1, keepdim=True).sqrt()  # (B, 1, 1)
        x = torch.cat([model(piece[None]) for piece in 0.1 * x / level.clamp_min(1e-8)]) * level / 0.1
        x = torchaudio.functional.resample(x, SAMPLE_RATE, rate) if rate != SAMPLE_RATE else x
        return torch.nn.functional.pad(x, (0, y.shape[-1] - x.shape[-1])).reshape(y.shape)
    ### END SOLUTION


def enhance_stream(chunks: Iterable[torch.Tensor], model: nn.Module, *, block: int = 16_000,
                   context: int = 8_000) -> Iterator[torch.Tensor]:
    """Enhance a stream that arrives in chunks of any lengths, with bounded memory.

    What comes out, put together, is as long as what went in, and does not depend on how the stream was cut into chunks:
    a block of `block` samples is enhanced as soon as the `context` samples that follow it are there, together with the
    `context` samples before it and after it, as far as the stream has them.

    Parameters
    ----------
    chunks : iterable of torch.Tensor [shape=(t,)]
        Pieces of one recording at 16 kHz, of any lengths, also of none.
    model : nn.Module
        As for `enhance`.
    block, context : int
        Samples.

    Yields
    ------
    torch.Tensor [shape=(t,)]
        Enhanced pieces: `block` samples each, the last one what is left.
    """
    ### BEGIN SOLUTION
    held, start = torch.zeros(0), 0  # the first `start` samples that are held are the past of the next block
    for chunk in itertools.chain(chunks, [None]):
        held = held if chunk is None else torch.cat([held, chunk])
        while len(held) >= start + block + context or (chunk is None and len(held) > start):
            yield enhance(held[:start + block + context], model)[start:start + block]
            drop = max(0, start + block - context)
            start, held = start + block - drop, held[drop:]
    ### END SOLUTION


def main() -> None:
    """Enhance a file, or every WAV and FLAC file of a folder, channel by channel, into another one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input", type=Path, help="a file, or a folder of WAV and FLAC files")
    parser.add_argument("output", type=Path, help="where to: a file, or a folder")
    parser.add_argument("--weights", type=Path, default=Path("model.safetensors"), help="what the training wrote")
    options = parser.parse_args()
    ### BEGIN SOLUTION
    model = load(options.weights)
    pairs = [(options.input, options.output)]
    if options.input.is_dir():
        pairs = [(path, options.output / path.relative_to(options.input)) for path in sorted(options.input.rglob("*"))
                 if path.suffix.lower() in (".wav", ".flac")]
    for source, target in pairs:
        samples, rate = soundfile.read(source, dtype="float32", always_2d=True)  # (T, channels)
        s_hat = enhance(torch.from_numpy(samples.T.copy()), model, rate=rate)  # (channels, T)
        target.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(target, s_hat.T.numpy(), rate)
    ### END SOLUTION


if __name__ == "__main__":
    main()
