# Slip: Adds the answers without weights.
# Names it: sum of the answers
def least_squares_answer(answers, p):
    return answers.sum(0)
