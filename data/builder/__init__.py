"""The builder of the embedded audio pack: speech, noise and room responses, all made here."""
