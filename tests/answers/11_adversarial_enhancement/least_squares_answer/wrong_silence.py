# Slip: Returns silence: every answer has a sign.
import torch


def least_squares_answer(answers, p):
    return torch.zeros(answers.shape[-1])
