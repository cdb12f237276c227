"""The transform against librosa's, its inverse, frames, and levels in dB."""

import librosa
import numpy as np
import pytest
import torch

from course_utils import signal


def noise(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def test_stft_has_the_shapes_of_the_lecture():
    assert signal.stft(noise(1, 1, 24800)).shape == (1, 1, 257, 194)


@pytest.mark.filterwarnings("ignore:n_fft=512 is too large")  # librosa, on the short ones
@pytest.mark.parametrize("length", [1, 127, 512, 16000, 16001])
def test_stft_equals_librosa(length):
    x = noise(2, 3, length)
    expected = librosa.stft(x.numpy(), n_fft=512, hop_length=128, pad_mode="constant")
    np.testing.assert_allclose(signal.stft(x).numpy(), expected, atol=1e-4)


@pytest.mark.parametrize("length", [1, 127, 128, 255, 513, 16001])
def test_istft_undoes_stft_at_any_length(length):
    x = noise(2, 1, length)
    torch.testing.assert_close(signal.istft(signal.stft(x), length=length), x, atol=1e-5, rtol=1e-4)


def test_stft_of_a_tone_peaks_at_its_frequency():
    t = torch.arange(16000) / 16000
    X = signal.stft(torch.sin(2 * torch.pi * 1000 * t))
    assert X.abs().mean(-1).argmax() == 32  # 1000 Hz / (16000 Hz / 512)


def test_frames_and_overlap_add_undo_each_other_with_a_window_that_sums_to_one():
    x = noise(2, 1, 512 * 4)
    window = torch.hann_window(512)[:, None]
    pieces = signal.frames(x, frame_length=512, hop_length=256) * window
    inner = slice(256, -256)
    torch.testing.assert_close(signal.overlap_add(pieces, hop_length=256)[..., inner], x[..., inner])


def test_frames_is_a_copy():
    x = noise(1, 1, 1000)
    before = x.clone()
    signal.frames(x, frame_length=100, hop_length=50).zero_()
    assert torch.equal(x, before)


def test_level_of_a_full_scale_sine_is_minus_3_db():
    t = torch.arange(16000) / 16000
    assert signal.level_db(torch.sin(2 * torch.pi * 100 * t)).item() == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("call, words", [
    (lambda: signal.stft(torch.zeros(0)), "time > 0"),
    (lambda: signal.stft(torch.zeros(10, dtype=torch.int16)), "int16"),
    (lambda: signal.stft(np.zeros(10)), "ndarray"),
    (lambda: signal.stft(torch.tensor([0.0, torch.nan])), "1 of its samples"),
    (lambda: signal.istft(torch.zeros(257, 4), length=400), "complex"),
    (lambda: signal.istft(signal.stft(torch.zeros(1000)), length=5000), "frames"),
    (lambda: signal.frames(torch.zeros(10), frame_length=11, hop_length=1), "10 samples"),
    (lambda: signal.frames(torch.zeros(10), frame_length=0, hop_length=1), "frames of 0 samples"),
    (lambda: signal.frames(torch.zeros(10), frame_length=5, hop_length=0), "every 0"),
    (lambda: signal.overlap_add(torch.zeros(3), hop_length=1), "(3,)"),
    (lambda: signal.power_to_db(torch.tensor([-1.0])), "at least 0"),
    (lambda: signal.power_to_db(torch.ones(2, dtype=torch.complex64)), "real"),
])
def test_bad_input_is_named(call, words):
    with pytest.raises(ValueError) as error:
        call()
    assert words in str(error.value)
