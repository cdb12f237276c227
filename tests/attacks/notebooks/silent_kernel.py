"""Answer no request at all any more: every reply is swallowed, and nobody is told that the cell is done."""
# Answers: frame
# Limits: small

# %% spectrum
session = get_ipython().kernel.session
session.send = lambda *_, **__: None
