# Slip: The level is drawn from PyTorch's global generator.
# Fails: augment_test, Pairs_test
# Names it: hand the generator to every function that draws
def augment(s, *, generator):
    s = s * 10 ** ((-12 + 18 * torch.rand(())) / 20)
    return s / s.abs().max().clamp_min(1.0)
