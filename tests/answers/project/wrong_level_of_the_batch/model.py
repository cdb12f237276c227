# Slip: One level for the whole batch.
# Fails: Enhancer_test
# Names it: measured over the whole batch
class Enhancer(Enhancer):
    def mask(self, y):
        A = stft((y / y.square().mean().sqrt().clamp_min(1e-6))[:, 0]).abs().clamp_min(1e-6) ** 0.3
        x = self.norm(self.bands(A.transpose(1, 2)))
        h = torch.cat([self.gru(x)[0], x], -1)
        return torch.sigmoid(self.out(h)).transpose(1, 2).unsqueeze(1)
