# Slip: The recurrent layer goes on where the last call stopped.
# Fails: Enhancer_test
# Names it: keeps a state between calls
class GoesOn(nn.GRU):
    state = None

    def forward(self, x):
        state = self.state if self.state is not None and self.state.shape[1] == len(x) else None
        h, state = super().forward(x, state)
        self.state = state.detach()
        return h, state


class Enhancer(Enhancer):
    def __init__(self):
        super().__init__()
        self.gru = GoesOn(48 * 17, 96, batch_first=True, bidirectional=True)
