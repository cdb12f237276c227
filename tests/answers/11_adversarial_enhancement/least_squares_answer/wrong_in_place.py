# Slip: Multiplies the answers in place.
# Names it: changed after the call
def least_squares_answer(answers, p):
    answers *= p.unsqueeze(-1)
    return answers.sum(0)
