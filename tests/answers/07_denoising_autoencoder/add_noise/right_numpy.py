def add_noise(s, n, *, snr_db, generator):
    import numpy as np

    a, b = s.double().numpy(), n.double().numpy()
    u = torch.rand(1, generator=generator).item()
    wanted = (1 - u) * snr_db[0] + u * snr_db[1]
    if not np.any(a) or not np.any(b):
        return s.clone()
    gain = np.linalg.norm(a) / np.linalg.norm(b) * 10 ** (-wanted / 20)
    return torch.from_numpy((a + gain * b).astype(np.float32))
