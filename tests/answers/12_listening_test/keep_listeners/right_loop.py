import torch


def keep_listeners(reference, anchor):
    kept = []
    for r, a in zip(reference.tolist(), anchor.tolist(), strict=True):
        missed = len([x for x in r if x < 90]) / len(r)
        taken = len([x for x in a if x > 90]) / len(a)
        kept.append(not (missed > 0.15 or taken > 0.15))
    return torch.tensor(kept)
