# Slip: Forgets to add the weighted answers.
# Names it: not yet added
def least_squares_answer(answers, p):
    return p.unsqueeze(-1) * answers
