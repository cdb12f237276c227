# Slip: The seed is not used.
# Fails: train_test
# Names it: seed a generator from `seed`
def train(model, draw, val, *, steps, seconds=float("inf"), path="model.safetensors", seed=0):
    generator = torch.Generator()
    generator.seed()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for _ in range(steps):
        y, s = draw(generator)
        optimizer.zero_grad()
        loss(model(y), s).backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        losses = [sum(float(loss(model(y), s)) for y, s in val) / len(val)]
    save(model, path)
    return losses
