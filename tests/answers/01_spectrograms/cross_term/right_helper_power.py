def power(X):
    return X.real ** 2 + X.imag ** 2


def cross_term(S, N):
    return (power(S + N) - power(S - N)) / 2
