# Slip: Four times as many units as the budget allows.
# Fails: Enhancer_test
# Names it: may have 2,000,000
class Enhancer(Enhancer):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(48 * 17, 384, batch_first=True, bidirectional=True)
        self.back = nn.Linear(768, 48 * 17)
