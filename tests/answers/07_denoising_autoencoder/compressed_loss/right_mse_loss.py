def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    def squeeze(X):
        X = torch.clamp(X, min=smallest)
        return torch.log(X) if not exponent else torch.pow(X, exponent)

    return functional.mse_loss(squeeze(S_hat), squeeze(S))
