# Slip: Zeroes the gradients only after each step: those from before the call count.
# Names it: Gradients from before the call


def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    order = torch.randperm(len(x), generator=generator)
    total = 0.0
    for indices in order.split(batch):
        part = x[indices]
        loss = (model(part) - part).square().mean()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * len(part)
    return total / len(x)
