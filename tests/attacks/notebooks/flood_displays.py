"""Floods: comms, displays that update themselves, outputs that are cleared and shown again, thousands of each."""
# Answers: cross_term

# %% before frame
import ipywidgets
from IPython.display import clear_output, display

shown = display("once", display_id=True)


def flood(count):
    box = ipywidgets.Output()
    display(box)
    for number in range(count):
        shown.update(str(number))
        clear_output(wait=bool(number % 2))
        print(number)
        ipywidgets.IntSlider(number)
        with box:
            print(number)


flood(400)

# %% frame
def frame(x, *, frame_length, hop_length):
    flood(200)

# %% spectrum
display(shown)
for _ in range(5000):
    display({"text/plain": "x"}, raw=True)
    print("x", flush=True)
