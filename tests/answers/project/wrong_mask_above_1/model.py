# Slip: The mask has no upper limit.
# Fails: Enhancer_test
# Names it: it has to stay between 0 and 1
class Enhancer(Enhancer):
    def mask(self, y):
        H = super().mask(y)
        return 2 * H.square() / (1 - H + 1e-3)
