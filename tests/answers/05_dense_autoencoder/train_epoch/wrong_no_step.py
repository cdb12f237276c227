# Slip: Forgets the step.
# Names it: is there an optimizer.step()


def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    order = torch.randperm(len(x), generator=generator)
    total = 0.0
    for indices in order.split(batch):
        part = x[indices]
        loss = (model(part) - part).square().mean()
        optimizer.zero_grad()
        loss.backward()
        total += loss.item() * len(part)
    return total / len(x)
