# Slip: Every batch counts the same in the mean.
# Names it: weight it with its length


def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    order = torch.randperm(len(x), generator=generator)
    total = 0.0
    for indices in order.split(batch):
        part = x[indices]
        loss = (model(part) - part).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(order.split(batch))
