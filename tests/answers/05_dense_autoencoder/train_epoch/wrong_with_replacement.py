# Slip: Draws examples at random, some twice and some never.
# Names it: use torch.randperm


def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    order = torch.randint(len(x), (len(x),), generator=generator)
    total = 0.0
    for indices in order.split(batch):
        part = x[indices]
        loss = (model(part) - part).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(part)
    return total / len(x)
