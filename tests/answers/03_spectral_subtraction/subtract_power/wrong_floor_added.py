# Slip: adds the floor everywhere.
# Names it: added everywhere

def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return (Y_power - over * N_power).clamp_min(0) + floor * N_power
