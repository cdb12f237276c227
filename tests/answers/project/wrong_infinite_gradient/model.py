# Slip: The magnitude is a bare square root.
# Fails: loss_test
# Names it: guard square roots
def loss(s_hat, s):
    X_hat, X = stft(s_hat[:, 0]), stft(s[:, 0])
    m_hat = (X_hat.real.square() + X_hat.imag.square()).sqrt() ** 0.3
    m = (X.real.square() + X.imag.square()).sqrt() ** 0.3
    return (m_hat - m).square().mean()
