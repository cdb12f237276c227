"""An honest student, whose right answers warn, print, draw and log. That costs nothing."""
# Answers: frame, spectrum, power_db, istft, swap_phase, cross_term

# %% after power_db
import logging
import sys
import warnings


def talks(function):
    def talking(*arguments, **options):
        warnings.warn("careful")
        print("hm", file=sys.stderr)
        logging.getLogger().error("logged")
        print("on its way")
        return function(*arguments, **options)
    return talking


power_db = talks(power_db)

# %% after cross_term
cross_term = talks(cross_term)
warnings.warn("the last word")
