# Slip: Measures the loss after the step.
# Names it: This is the loss after the step


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
        total += (model(part) - part).square().mean().item() * len(part)
    return total / len(x)
