# Slip: repeats each sample instead of the sound.
# Names it: end to end
def random_crop(x, length, *, generator):
    x = x.repeat_interleave(-(-length // x.shape[-1]), dim=-1)
    at = int(torch.randint(x.shape[-1] - length + 1, (), generator=generator))
    return x[..., at:at + length]
