def abx_p_value(right, trials):
    chances = [1.0]  # of k right answers after so many trials
    for _ in range(trials):
        chances = [(left + here) / 2 for left, here in zip([0.0, *chances], [*chances, 0.0], strict=True)]
    return sum(chances[right:])
