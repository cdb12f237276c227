# A stream as a class that holds what is still needed of the past.
import sys
from pathlib import Path

import soundfile
import torch
from enhancer.train import load
from torchaudio.transforms import Resample

RATE = 16_000


@torch.inference_mode()
def _run(x, model):
    scale = x.abs().amax(-1, keepdim=True)
    return model(x / torch.where(scale > 0, scale, 1.0)) * scale


def enhance(y, model, *, rate=RATE):
    if y.numel() == 0 or y.isnan().any() or y.isinf().any():
        raise ValueError(f"nothing can be made of {y.numel()} samples, or of NaN")
    model.eval()
    flat = y.detach().reshape(-1, 1, y.shape[-1]).float()
    out = []
    for one in flat.split(1):
        if rate == RATE:
            out.append(_run(one, model))
        else:
            x = Resample(RATE, rate)(_run(Resample(rate, RATE)(one), model))
            length = y.shape[-1]
            x = x[..., :length]
            out.append(torch.cat([x, x.new_zeros(1, 1, length - x.shape[-1])], -1))
    return torch.cat(out).clone().reshape(y.shape)


class Stream:
    def __init__(self, model, block, context):
        self.model, self.block, self.context = model, block, context
        self.past, self.todo = torch.zeros(0), torch.zeros(0)

    def feed(self, chunk):
        self.todo = torch.cat([self.todo, chunk])
        while self.todo.numel() >= self.block + self.context:
            yield self.step()

    def step(self):
        window = torch.cat([self.past, self.todo[:self.block + self.context]])
        clean = enhance(window, self.model)[self.past.numel():][:self.block]
        done = self.todo[:self.block]
        self.past = torch.cat([self.past, done])
        self.past = self.past[max(0, self.past.numel() - self.context):]
        self.todo = self.todo[self.block:]
        return clean

    def finish(self):
        while self.todo.numel():
            yield self.step()


def enhance_stream(chunks, model, *, block=16_000, context=8_000):
    stream = Stream(model, block, context)
    for chunk in chunks:
        yield from stream.feed(chunk)
    yield from stream.finish()


def main(arguments=None):
    words = list(sys.argv[1:] if arguments is None else arguments)
    weights = "model.safetensors"
    if "--weights" in words:
        place = words.index("--weights")
        weights = words.pop(place + 1)
        words.pop(place)
    source, target = map(Path, words)
    model = load(weights)
    files = [source] if source.is_file() else [f for f in source.rglob("*") if f.suffix.lower() in {".wav", ".flac"}]
    for file in files:
        to = target if source.is_file() else target / file.relative_to(source)
        to.parent.mkdir(exist_ok=True, parents=True)
        sound, rate = soundfile.read(str(file), always_2d=True, dtype="float32")
        clean = enhance(torch.tensor(sound).T, model, rate=rate)
        soundfile.write(str(to), clean.T.numpy(), rate)


if __name__ == "__main__":
    main()
