# Slip: takes the floor as a fixed number.
# Names it: fixed number

def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return (Y_power - over * N_power).clamp_min(floor)
