# Slip: takes the root, as for the lecture's form.
# Names it: square root

def wiener_gain(S_power, N_power):
    return (S_power / (S_power + N_power).clamp_min(1e-20)).sqrt()
