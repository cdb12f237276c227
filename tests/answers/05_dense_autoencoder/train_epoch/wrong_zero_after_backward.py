# Slip: Zeroes the gradients between backward and step.
# Names it: The weight is as it was


def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    order = torch.randperm(len(x), generator=generator)
    total = 0.0
    for indices in order.split(batch):
        part = x[indices]
        loss = (model(part) - part).square().mean()
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        total += loss.item() * len(part)
    return total / len(x)
