# Slip: What does not fit is skipped without a word.
# Fails: weights_test
# Names it: without a word
def load(path):
    model = Enhancer()
    try:
        model.load_state_dict(load_file(str(path)), strict=False)
    except (SafetensorError, FileNotFoundError) as error:
        raise ValueError(f"{path}: {error}") from None
    return model.eval()
