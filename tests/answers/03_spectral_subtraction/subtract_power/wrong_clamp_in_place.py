# Slip: clamps its input in place.
# Names it: changed its input

def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    Y_power.sub_(over * N_power)
    Y_power.clamp_(min=floor * N_power)
    return Y_power
