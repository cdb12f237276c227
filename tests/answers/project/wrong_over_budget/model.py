# Slip: Four times as many units as the budget allows.
# Fails: Enhancer_test
# Names it: may have 2,000,000
class Enhancer(Enhancer):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(96, 800, num_layers=2, batch_first=True)
        self.out = nn.Linear(800 + 96, 257)
