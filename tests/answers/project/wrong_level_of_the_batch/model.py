# Slip: One level for the whole batch.
# Fails: Enhancer_test
# Names it: measured over the whole batch
class Enhancer(Enhancer):
    def mask(self, y):
        A = stft((y / y.square().mean().sqrt().clamp_min(1e-6))[:, 0]).abs().clamp_min(1e-6) ** 0.3
        return self.decide(A)
