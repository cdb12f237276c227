# Slip: Every piece is the beginning of its recording.
# Fails: Pairs_test
# Names it: draw where a piece begins
class Pairs(Pairs):
    def _piece(self, recordings, generator):
        while True:
            x = recordings[int(torch.randint(len(recordings), (), generator=generator))]
            x = x[x.abs().cumsum(0) > 0]
            if len(x):
                return x.repeat(-(-self.length // len(x)))[:self.length]
