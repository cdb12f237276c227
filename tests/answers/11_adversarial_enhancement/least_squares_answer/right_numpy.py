import numpy as np
import torch


def least_squares_answer(answers, p):
    return torch.from_numpy(np.average(answers.numpy(), axis=0, weights=p.numpy())).float()
