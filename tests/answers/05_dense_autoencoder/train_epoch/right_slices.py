def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    order = torch.randperm(len(x), generator=generator)
    losses = torch.zeros(len(x))
    for start in range(0, len(x), batch):
        part = x[order[start:start + batch]]
        optimizer.zero_grad()
        error = torch.nn.functional.mse_loss(model(part), part, reduction="none")
        error.mean().backward()
        optimizer.step()
        losses[start:start + batch] = error.detach().mean(-1)
    return float(losses.mean())
