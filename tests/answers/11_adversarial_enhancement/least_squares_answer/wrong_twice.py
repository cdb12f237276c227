# Slip: Keeps the 2 of the gradient.
# Names it: 2 of the gradient
def least_squares_answer(answers, p):
    return (2 * p.unsqueeze(-1) * answers).sum(0)
