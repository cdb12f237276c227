# Slip: Multiplies along time, which fits by accident only where A is T.
# Names it: multiplies along time
def least_squares_answer(answers, p):
    return (p * answers).sum(0)
