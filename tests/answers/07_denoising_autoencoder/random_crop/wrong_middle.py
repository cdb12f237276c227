# Slip: rounds, so that the outer places are half as likely.
# Names it: equally likely
def random_crop(x, length, *, generator):
    x = torch.cat([x] * -(-length // x.shape[-1]), dim=-1)
    room = x.shape[-1] - length
    at = int(round(room * float(torch.rand((), generator=generator))))
    return x[..., at:at + length]
