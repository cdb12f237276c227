# Slip: The mean of each batch's mean: a batch of one clip counts as much as one of five.
# Fails: metrics_test
# Names it: a batch of one clip counts as much
def gain(enhance, pairs, metric):
    return float(torch.stack([(metric(enhance(y), s) - metric(y, s)).mean() for y, s in pairs]).mean())
