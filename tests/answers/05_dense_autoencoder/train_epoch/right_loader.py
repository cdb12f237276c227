from torch.utils.data import DataLoader, TensorDataset


def train_epoch(model, x, optimizer, *, batch=64, generator):
    model.train(True)
    criterion = nn.MSELoss()
    total = 0
    for (part,) in DataLoader(TensorDataset(x), batch_size=batch, shuffle=True, generator=generator):
        for p in model.parameters():
            p.grad = None
        loss = criterion(model(part), part)
        loss.backward()
        optimizer.step()
        total += loss.detach().item() * part.shape[0]
    return total / x.shape[0]
