"""Public tests of data.py. Add your own: what broke once will break again."""

import pytest
import torch
from enhancer import data


def paths(*speakers):
    return [f"speech/{name}-{number:03d}.flac" for name in speakers for number in range(4)]


def test_no_speaker_is_in_two_sets():
    train, val, test = data.split_by_speaker(paths(*"abcdefghij"))
    whose = [{data.speaker(path) for path in part} for part in (train, val, test)]
    assert [len(each) for each in whose] == [8, 1, 1] and len(set.union(*whose)) == 10


def test_two_speakers_are_too_few():
    with pytest.raises(ValueError):
        data.split_by_speaker(paths("a", "b"))


def test_a_mixture_has_the_ratio():
    s, n = torch.randn(2, 1, 8000), torch.randn(2, 1, 3000)
    y = data.mix(s, n, snr_db=7.0)
    snr_db = 10 * torch.log10(s.square().sum(-1) / (y - s).square().sum(-1))
    assert torch.allclose(snr_db, torch.tensor(7.0), atol=0.01)


def test_augmented_speech_has_another_level_and_the_same_length():
    s = 0.1 * torch.randn(8000)
    x = data.augment(s, generator=torch.Generator().manual_seed(1))
    assert x.shape == s.shape and x.abs().max() <= 1 and not torch.allclose(x, s)


def test_pairs_are_batches_of_noisy_and_clean():
    pairs = data.Pairs([torch.randn(20_000)], [torch.randn(5000)], batch=3, seconds=0.5, snr_db=(3.0, 3.0))
    y, s = pairs(torch.Generator().manual_seed(1))
    assert y.shape == s.shape == (3, 1, 8000)
    again, _ = pairs(torch.Generator().manual_seed(1))
    assert torch.equal(y, again)
