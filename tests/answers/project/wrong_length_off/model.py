# Slip: The length is left to istft, which returns whole hops.
# Fails: Enhancer_test
# Names it: cut or pad the result
class Enhancer(Enhancer):
    def forward(self, y):
        Y = stft(y[:, 0])
        window = torch.hann_window(N_FFT)
        return torch.istft(self.mask(y)[:, 0] * Y, N_FFT, HOP, window=window).unsqueeze(1)
