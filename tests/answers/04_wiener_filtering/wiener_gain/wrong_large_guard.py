# Slip: guards with a number that quiet bins notice.
# Names it: quiet bins

def wiener_gain(S_power, N_power):
    return S_power / (S_power + N_power + 1e-8)
