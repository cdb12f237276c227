# Slip: compares with a threshold, so that frames of equal power are all marked.
# Names it: threshold

def quiet_frames(Y, *, fraction=0.2):
    power = Y.abs().square().sum(-2)
    count = max(1, round(fraction * power.shape[-1]))
    limit = power.kthvalue(count, dim=-1, keepdim=True).values
    return power <= limit
