# Slip: forgets the spectral floor.
# Names it: floor is missing

def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return (Y_power - over * N_power).clamp_min(0)
