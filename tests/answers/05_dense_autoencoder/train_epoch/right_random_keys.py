def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train()
    optimizer.zero_grad()
    order = torch.argsort(torch.rand(x.shape[0], generator=generator)).tolist()
    sums = []
    while order:
        now, order = order[:batch], order[batch:]
        part = x[now]
        loss = torch.mean((part - model(part)) ** 2)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        sums.append(len(now) * loss.item())
    return sum(sums) / x.shape[0]
