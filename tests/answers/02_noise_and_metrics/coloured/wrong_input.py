# Slip: returns the white noise as it is.
# Names it: This is the input
def coloured(white, exponent):
    return white
