# Slip: The best weights are remembered without a copy, and go on changing.
# Fails: train_test
# Names it: keep a copy of the best weights
def train(model, draw, val, *, steps, seconds=float("inf"), path="model.safetensors", seed=0):
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    losses, best = [], None
    for step in range(steps):
        y, s = draw(generator)
        optimizer.zero_grad()
        loss(model(y), s).backward()
        optimizer.step()
        if step == steps * 3 // 4:  # from here on too fast, as in a training that goes wrong at the end
            optimizer.param_groups[0]["lr"] = 0.3
        if step % 10 == 9 or step == steps - 1:
            with torch.no_grad():
                losses.append(sum(float(loss(model(y), s)) for y, s in val) / len(val))
            if losses[-1] == min(losses):
                best = model.state_dict()
    model.load_state_dict(best)
    save(model, path)
    return losses
