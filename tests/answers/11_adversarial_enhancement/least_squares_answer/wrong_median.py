# Slip: The median, as for the absolute error.
# Names it: median
def least_squares_answer(answers, p):
    return answers.median(0).values
