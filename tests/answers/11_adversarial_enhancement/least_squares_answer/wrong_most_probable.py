# Slip: Takes the most probable answer.
# Names it: most probable
def least_squares_answer(answers, p):
    return answers[p.argmax()]
