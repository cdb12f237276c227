# Slip: The target is the recording as it was, the mixture has the augmented one.
# Fails: Pairs_test
# Names it: is the target the speech that is in the mixture
class Pairs(Pairs):
    def __call__(self, generator):
        noisy, clean = [], []
        low, high = self.snr_db
        for _ in range(self.batch):
            s = self._piece(self.speech, generator)
            snr_db = low + (high - low) * float(torch.rand((), generator=generator))
            noisy.append(mix(augment(s, generator=generator), self._piece(self.noise, generator), snr_db=snr_db))
            clean.append(s)
        return torch.stack(noisy).unsqueeze(1), torch.stack(clean).unsqueeze(1)
