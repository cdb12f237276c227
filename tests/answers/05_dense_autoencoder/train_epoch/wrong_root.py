# Slip: The loss is the root of the mean square.
# Names it: is there a square root


def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    total = 0.0
    for indices in torch.randperm(len(x), generator=generator).split(batch):
        part = x[indices]
        loss = nn.functional.mse_loss(model(part), part).sqrt()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(part)
    return total / len(x)
