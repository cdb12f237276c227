# Slip: What is beyond full scale is cut off.
# Fails: augment_test
# Names it: the peaks are cut off
def augment(s, *, generator):
    return (s * 10 ** ((-3 + 12 * torch.rand((), generator=generator)) / 20)).clamp(-1, 1)
