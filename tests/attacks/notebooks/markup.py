"""Put markup that runs wherever a page may show it: answers, names, messages, outputs."""
# Answers: cross_term

# %% before frame
from IPython.display import HTML, Javascript, display

ATTACK = "<script>attack()</script><img src=x onerror=attack()><a href='javascript:attack()'>x</a></pre></code></table>"
display(HTML(ATTACK), Javascript("attack()"))
display({"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg' onload='attack()'>{ATTACK}</svg>"}, raw=True)
display({"text/markdown": ATTACK, "text/latex": r"$\href{javascript:attack()}{x}$", "text/plain": ATTACK}, raw=True)
print(ATTACK)
# <script>attack()</script> --> ]]> </textarea><svg/onload=attack()>

# %% frame
# </code></pre><script>attack()</script><!--
def frame(x, *, frame_length, hop_length):
    raise ValueError(ATTACK)

# %% spectrum
def spectrum(frames):
    raise type(ATTACK, (Exception,), {})(ATTACK)

# %% power_db
def power_db(X, *, floor_db=-80.0):
    return {ATTACK: ATTACK}

# %% istft
def istft(X, *, length, hop_length=128):
    assert False, "{{ 7 * 7 }} {% raw %} ${attack} `attack` \u202e\u2066 &lt;script&gt;attack()&lt;/script&gt;"
