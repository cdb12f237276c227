# Slip: subtracts nothing.
# Names it: Nothing was subtracted

def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return Y_power
