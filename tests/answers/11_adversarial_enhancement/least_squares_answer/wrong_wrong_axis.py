# Slip: Sums over time.
# Names it: sum over the answers
def least_squares_answer(answers, p):
    return (p.unsqueeze(-1) * answers).sum(-1)
