# Slip: share of right answers.
# Names it: share of right answers
def abx_p_value(right, trials):
    return right / trials
