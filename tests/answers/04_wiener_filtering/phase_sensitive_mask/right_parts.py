def phase_sensitive_mask(S, Y):
    top = S.real * Y.real + S.imag * Y.imag
    H = (top / (Y.real ** 2 + Y.imag ** 2)).nan_to_num(0.0, posinf=0.0, neginf=0.0)
    return H.clamp(min=0, max=1)
