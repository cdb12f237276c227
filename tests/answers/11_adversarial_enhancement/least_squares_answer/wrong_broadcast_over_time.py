# Slip: Multiplies along time, which fits by accident only where A is T.
def least_squares_answer(answers, p):
    return (p * answers).sum(0)
