# Slip: looks before sample 0, and finds the last one.
# Names it: y[-1] is the last sample
def find_gaps(y, *, shortest=80):
    found = []
    for t in range(len(y)):
        if y[t] == 0 and y[t - 1] != 0:
            n = 0
            while t + n < len(y) and y[t + n] == 0:
                n += 1
            if n >= shortest and t + n < len(y):
                found.append((t, n))
    return found
