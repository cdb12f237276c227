def generator_loss(fake, distance, weight):
    total = 0
    for scores in fake:
        total = total + ((1 - scores) ** 2).mean() / 2
    return total / len(fake) + distance * weight
