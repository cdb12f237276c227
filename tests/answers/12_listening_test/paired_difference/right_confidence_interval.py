def paired_difference(votes, a, b):
    means = votes.double().mean(1)
    interval = stats.ttest_rel(means[:, a].numpy(), means[:, b].numpy()).confidence_interval(0.95)
    return (interval.low + interval.high) / 2, (interval.high - interval.low) / 2
