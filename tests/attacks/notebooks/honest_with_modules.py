"""An honest student, who writes a module and imports it. One with a library's name does not take its place."""
# Answers: frame, spectrum, power_db, istft, swap_phase, cross_term
# Needs: sandbox

# %% before frame
for name, source in (("mine.py", "ONE = 1"), ("wave.py", "raise SystemExit('not the one that was meant')")):
    with open(name, "w") as file:
        file.write(source)

# %% after power_db
import wave

from mine import ONE

_power_db = power_db


def power_db(*arguments, **options):
    return ONE * _power_db(*arguments, **options) if wave.open else None
