# Slip: Weighs, and then takes the mean instead of the sum.
# Names it: do not divide
def least_squares_answer(answers, p):
    return (p.unsqueeze(-1) * answers).mean(0)
