# Slip: The recurrent layer goes on where the last call stopped.
# Fails: Enhancer_test
# Names it: keeps a state between calls
class Enhancer(Enhancer):
    state = None

    def mask(self, y):
        level = y.square().mean(-1, keepdim=True).sqrt().clamp_min(1e-6)
        A = stft((y / level)[:, 0]).abs().clamp_min(1e-6) ** 0.3
        x = self.norm(self.bands(A.transpose(1, 2)))
        state = self.state if self.state is not None and self.state.shape[1] == len(y) else None
        h, state = self.gru(x, state)
        self.state = state.detach()
        return torch.sigmoid(self.out(torch.cat([h, x], -1))).transpose(1, 2).unsqueeze(1)
