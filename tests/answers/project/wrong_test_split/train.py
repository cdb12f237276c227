# Slip: The test split decides which weights are kept.
# Fails: train_test
# Names it: reads the test split
def main():
    from course_utils import corpus

    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, default=Path("model.safetensors"))
    options = parser.parse_args()
    train_set, test_set = ([[corpus.load(path)[0, 0] for path in corpus.files(kind, split)]
                            for kind in ("speech", "noise")] for split in ("train", "test"))
    val = Pairs(*test_set)(torch.Generator().manual_seed(1))
    train(Enhancer(), Pairs(*train_set), [val], steps=options.steps, seconds=options.seconds, path=options.out)
