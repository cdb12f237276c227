"""Return new parameters, large ones and many small ones, from every call: the grader keeps each for its optimizers."""
# Answers: cross_term
# Status: graded, needs_review

# %% frame
import torch

kept = []


def frame(x, *, frame_length, hop_length):
    kept.append([torch.nn.Parameter(torch.zeros(10_000_000), requires_grad=False)])
    return kept[-1]

# %% spectrum
def spectrum(frames):
    kept.append([torch.nn.Parameter(torch.zeros(2)) for _ in range(1_900)])
    return kept[-1]

# %% power_db
def power_db(X, *, floor_db=-80.0):
    kept.append([torch.zeros(2, requires_grad=True) for _ in range(1_900)])
    return kept[-1]
