import torch


def mean_opinion(votes):
    mos, half = [], []
    for version in votes.double().unbind(-1):
        means = [float(listener.mean()) for listener in version]
        mean = sum(means) / len(means)
        variance = sum((x - mean) ** 2 for x in means) / (len(means) - 1)
        mos.append(mean)
        half.append(stats.t(len(means) - 1).ppf(0.975) * (variance / len(means)) ** 0.5)
    return torch.tensor(mos), torch.tensor(half)
