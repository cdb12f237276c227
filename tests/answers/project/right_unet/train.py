# A loop of its own: Adam, a one-cycle learning rate, a copy of the best weights.
import argparse
import copy
import time
from pathlib import Path

import torch
from enhancer.data import Pairs
from enhancer.model import Enhancer, loss
from safetensors.torch import load_file, save_file


def save(model, path):
    tensors = {key: tensor.clone().contiguous() for key, tensor in model.state_dict().items()}
    save_file(tensors, path)


def load(path):
    network = Enhancer()
    try:
        tensors = load_file(path)
        network.load_state_dict(tensors, strict=True)
    except Exception as problem:
        raise ValueError(f"cannot load {path}: {problem}") from problem
    network.eval()
    return network


def validate(model, val):
    model.eval()
    with torch.no_grad():
        total = sum(loss(model(noisy), clean).item() for noisy, clean in val) / len(val)
    model.train()
    return total


def train(model, draw, val, *, steps, seconds=float("inf"), path="model.safetensors", seed=0):
    generator = torch.Generator().manual_seed(seed)
    start = time.monotonic()
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    best, best_weights, history = float("inf"), None, []
    model.train()
    for step in range(1, steps + 1):
        noisy, clean = draw(generator)
        value = loss(model(noisy), clean)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 3.0)
        optimizer.step()
        late = time.monotonic() - start > seconds
        if step % 20 == 0 or step == steps or late:
            history.append(validate(model, val))
            if history[-1] < best:
                best, best_weights = history[-1], copy.deepcopy(model.state_dict())
        if late:
            break
    model.load_state_dict(best_weights)
    model.eval()
    save(model, path)
    return history


def main():
    from course_utils import corpus

    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--steps", type=int, default=10 ** 6)
    parser.add_argument("--out", default="model.safetensors")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    data = {split: [[corpus.load(p).flatten() for p in corpus.files(kind, split)] for kind in ("speech", "noise")]
            for split in ("train", "val")}
    val_pairs = Pairs(*data["val"], batch=16)
    torch.manual_seed(args.seed)
    train(Enhancer(), Pairs(*data["train"]), [val_pairs(torch.Generator().manual_seed(11))], steps=args.steps,
          seconds=args.seconds, path=str(Path(args.out)), seed=args.seed)


if __name__ == "__main__":
    main()
