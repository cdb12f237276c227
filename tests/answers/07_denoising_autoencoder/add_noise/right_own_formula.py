def add_noise(s, n, *, snr_db, generator):
    low, high = snr_db
    wanted = torch.empty(1).uniform_(low, high, generator=generator) if high > low else torch.tensor([float(low)])
    E_s, E_n = (s ** 2).sum(), (n ** 2).sum()
    if E_s == 0 or E_n == 0:
        return s
    return s + n * (E_s / E_n / 10 ** (wanted / 10)) ** 0.5
