# Slip: Multiplies the loss of the smaller last batch by the length of a full one.
# Names it: as if it were full


def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    batch = min(batch, len(x))
    total = 0.0
    for indices in torch.randperm(len(x), generator=generator).split(batch):
        loss = (model(x[indices]) - x[indices]).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * batch
    return total / len(x)
