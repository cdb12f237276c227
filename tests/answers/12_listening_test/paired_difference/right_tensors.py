def paired_difference(votes, a, b):
    mean, half = mean_opinion((votes[:, :, a] - votes[:, :, b]).unsqueeze(-1))
    return mean.squeeze(), half.squeeze()
