# Slip: probability of one order of answers.
# Names it: order of answers
def abx_p_value(right, trials):
    return 0.5 ** right
