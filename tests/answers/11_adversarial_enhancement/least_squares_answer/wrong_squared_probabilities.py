# Slip: Squares the probabilities as well.
# Names it: probabilities are squared
def least_squares_answer(answers, p):
    return (p.unsqueeze(-1) ** 2 * answers).sum(0)
