# Slip: The whole model is pickled.
# Fails: weights_test
# Names it: a pickle
def save(model, path):
    torch.save(model, path)


def load(path):
    return torch.load(path, weights_only=False).eval()
