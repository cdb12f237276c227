# Slip: no colour, only mean 0 and power 1.
# Names it: still white
def coloured(white, exponent):
    x = white - white.mean(-1, keepdim=True)
    return x / x.square().mean(-1, keepdim=True).sqrt()
