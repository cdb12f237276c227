# Slip: Folders in folders are left out, and channels become one.
# Fails: command_line_test
# Names it: was not written
def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--weights", type=Path, default=Path("model.safetensors"))
    options = parser.parse_args()
    model = load(options.weights)
    files = sorted(options.input.glob("*.*")) if options.input.is_dir() else [options.input]
    for path in files:
        if path.suffix in (".wav", ".flac"):
            samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
            to = options.output / path.name if options.input.is_dir() else options.output
            to.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(to, enhance(torch.from_numpy(samples.T.copy()), model, rate=rate).T.numpy(), rate)
