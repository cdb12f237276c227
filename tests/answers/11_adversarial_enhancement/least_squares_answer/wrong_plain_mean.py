# Slip: All answers count the same.
# Names it: weigh each
def least_squares_answer(answers, p):
    return answers.mean(0)
