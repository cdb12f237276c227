"""Loop for ever in a cell of one's own. The cell is stopped; all others count."""
# Answers: frame, cross_term
# Limits: small

# %% after frame
while True:
    pass
