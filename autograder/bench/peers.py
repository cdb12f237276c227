"""What a user would install instead: suppressors of noise that are not the course's, for the benchmark.

    run, why = load("rnnoise")  # a function of waveforms, and "", or None and why there is none
    s_hat = run(y)  # (..., T) both

They come with the packages of `pip install -e '.[bench]'`, which `make setup` installs too. Each gets what a method of
the course gets: the noisy clip. Only noisereduce wants a piece of noise alone, and takes the clip's beginning for one.
"""

import ctypes
from collections.abc import Callable

import numpy as np
import torch
from torchaudio.functional import resample

from course_utils.signal import SAMPLE_RATE

LEAD = 0.3
"""Seconds at the beginning of a clip in which nobody speaks: what noisereduce learns the noise from."""
SUPPRESSION = 2
"""WebRTC's level, of 1 to 4: "moderate", 12 dB at most."""


def noisereduce(y: np.ndarray) -> np.ndarray:
    """Sainburg's spectral gate, which has seen the noise of the first `LEAD` seconds: y is (time,)."""
    from noisereduce import reduce_noise

    return reduce_noise(y, sr=SAMPLE_RATE, y_noise=y[:round(LEAD * SAMPLE_RATE)], stationary=True)


def noisereduce_defaults(y: np.ndarray) -> np.ndarray:
    """Sainburg's spectral gate as it comes: y is (time,)."""
    from noisereduce import reduce_noise

    return reduce_noise(y, sr=SAMPLE_RATE)


def rnnoise(y: np.ndarray) -> np.ndarray:
    """RNNoise (Valin 2018), a recurrent network on bands, at its own 48 kHz: y is (time,)."""
    from pyrnnoise import rnnoise as library

    size, state = library.FRAME_SIZE, library.create()
    try:
        x = resample(torch.from_numpy(y), SAMPLE_RATE, library.SAMPLE_RATE).numpy() * 32768  # it wants 16 bits' range
        x = np.pad(x, (0, -len(x) % size)).reshape(-1, size)
        pointer = ctypes.POINTER(ctypes.c_float)
        for frame in x:  # pyrnnoise's own call would round each frame to 16 bits
            library.lib.rnnoise_process_frame(state, *2 * [frame.ctypes.data_as(pointer)])
    finally:
        library.destroy(state)
    return resample(torch.from_numpy(x.reshape(-1) / 32768), library.SAMPLE_RATE, SAMPLE_RATE)[:len(y)].numpy()


def webrtc(y: np.ndarray) -> np.ndarray:
    """WebRTC's suppressor, as browsers have it, without its gain control: y is (time,)."""
    from webrtc_noise_gain import AudioProcessor

    size = SAMPLE_RATE // 100
    x = np.pad(y, (0, -len(y) % size))
    frames = (x.clip(-1, 1) * 32767).round().astype("<i2").reshape(-1, size)
    process = AudioProcessor(0, SUPPRESSION)
    made = b"".join(process.Process10ms(frame.tobytes()).audio for frame in frames)
    return np.frombuffer(made, dtype="<i2")[:len(y)] / 32768


PEERS: dict[str, tuple[Callable[[np.ndarray], np.ndarray], str]] = {
    "noisereduce": (noisereduce, "noisereduce"),
    "noisereduce_defaults": (noisereduce_defaults, "noisereduce"),
    "rnnoise": (rnnoise, "pyrnnoise"),
    "webrtc": (webrtc, "webrtc-noise-gain"),
}
"""The peers: name -> function, and the package that it comes with."""


def load(name: str) -> tuple[Callable[[torch.Tensor], torch.Tensor] | None, str]:
    """Return a peer as a function, waveform (..., time) in and out; or None, and why it is not there.

    Parameters
    ----------
    name : str
        One of `PEERS`.

    Returns
    -------
    (callable or None, str)
        The function and "", or None and a line for a table.
    """
    single, package = PEERS[name]

    def run(y: torch.Tensor) -> torch.Tensor:
        made = [torch.from_numpy(np.asarray(single(x.numpy()), dtype=np.float32)) for x in y.reshape(-1, y.shape[-1])]
        return torch.stack(made).reshape(y.shape)

    try:
        run(torch.linspace(-0.1, 0.1, SAMPLE_RATE))
    except (ImportError, OSError) as error:
        return None, f"{package} is not installed, or does not run here: {' '.join(str(error).split())}"
    return run, ""
