# Slip: One step an epoch, with the gradients of all batches.
# Names it: Only one step was taken, with the gradients of all batches


def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    optimizer.zero_grad()
    order = torch.randperm(len(x), generator=generator)
    total = 0.0
    for indices in order.split(batch):
        part = x[indices]
        loss = (model(part) - part).square().mean()
        loss.backward()
        total += loss.item() * len(part)
    optimizer.step()
    return total / len(x)
