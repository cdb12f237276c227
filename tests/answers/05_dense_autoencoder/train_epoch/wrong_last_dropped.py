# Slip: Drops the last, smaller batch.
# Names it: The last batch, which is smaller, is left out


def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    order = torch.randperm(len(x), generator=generator)
    total = 0.0
    for indices in order[:len(x) // batch * batch].split(batch):
        part = x[indices]
        loss = (model(part) - part).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(part)
    return total / len(x)
