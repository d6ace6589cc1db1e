"""Writes losses.json: losses and gradients that PyTorch computes in double precision, weighted by row.

Run with any Python that has torch (1.13 made the stored file):  python3 make_losses_values.py
"""

import torch
from torch.nn import functional as F

from reference_values import floats, numbers, write

torch.manual_seed(7)

ROWS, OUTPUTS = 8, 3
WEIGHTS = torch.tensor([1.0, 0.5, 0.0, 2.0, 1.0, 0.25, 3.0, 1.0])


def case(outputs, targets, each):
    point = outputs.clone().requires_grad_()
    rows = each(point, targets)
    rows = rows if rows.dim() == 1 else rows.mean(dim=1)
    loss = (rows * WEIGHTS).sum() / WEIGHTS.sum()
    loss.backward()
    return {"outputs": numbers(outputs), "targets": numbers(targets.double()), "loss": float(loss), "gradient": numbers(point.grad)}


def focal(z, y, gamma, alpha=None):
    # As torchvision's sigmoid_focal_loss.
    p = torch.sigmoid(z)
    entropy = F.binary_cross_entropy_with_logits(z, y, reduction="none")
    loss = entropy * (1 - (p * y + (1 - p) * (1 - y))) ** gamma
    return loss if alpha is None else loss * (alpha * y + (1 - alpha) * (1 - y))


def softmax_focal(z, y, gamma):
    entropy = F.cross_entropy(z, y, reduction="none")
    return (1 - torch.exp(-entropy)) ** gamma * entropy


def pinball(z, y, quantiles):
    error = y - z
    return torch.maximum(torch.tensor(quantiles) * error, (torch.tensor(quantiles) - 1) * error)


def tweedie(z, y, p):
    return torch.exp((2 - p) * z) / (2 - p) - y * torch.exp((1 - p) * z) / (1 - p)


logits = (floats(ROWS, OUTPUTS) * 3).float().double()
classes = torch.tensor([0, 2, 1, 2, 2, 0, 1, 0])
binary = torch.tensor([[0.0], [1.0], [1.0], [0.0], [1.0], [0.0], [1.0], [0.0]])
labels = torch.tensor([[1.0, 0, 1], [0, 0, 1], [1, 1, 1], [0, 0, 0], [1, 0, 0], [0, 1, 1], [0, 1, 0], [1, 1, 0]])
values = floats(ROWS, OUTPUTS)
counts = torch.tensor([[0.0, 1, 2], [3, 0, 1], [0, 0, 0], [5, 2, 1], [1, 1, 1], [0, 4, 0], [2, 0, 7], [1, 0, 3]])
amounts = torch.exp(floats(ROWS, OUTPUTS)).float().double()
mild = floats(ROWS, OUTPUTS)

cases = {
    "softmax": case(logits, classes, lambda z, y: F.cross_entropy(z, y, reduction="none")),
    "softmax smoothed": case(logits, classes, lambda z, y: F.cross_entropy(z, y, reduction="none", label_smoothing=0.25)),
    "softmax focal": case(logits, classes, lambda z, y: softmax_focal(z, y, 2.0)),
    "sigmoid": case(logits[:, :1], binary, lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="none")),
    # Two classes of which one has the logit 0: what smoothing means for one output.
    "sigmoid smoothed": case(logits[:, :1], binary, lambda z, y: F.cross_entropy(
        torch.cat([torch.zeros_like(z), z], dim=1), y[:, 0].long(), reduction="none", label_smoothing=0.25)),
    "sigmoid focal": case(logits[:, :1], binary, lambda z, y: focal(z, y, 2.0)),
    "sigmoid focal alpha": case(logits[:, :1], binary, lambda z, y: focal(z, y, 1.5, 0.25)),
    "squared": case(logits, values, lambda z, y: F.mse_loss(z, y, reduction="none")),
    "absolute": case(logits, values, lambda z, y: F.l1_loss(z, y, reduction="none")),
    "huber": case(logits, values, lambda z, y: F.huber_loss(z, y, reduction="none", delta=0.75)),
    "log-cosh": case(logits, values, lambda z, y: torch.log(torch.cosh(z - y))),
    "quantiles": case(logits, values[:, :1], lambda z, y: pinball(z, y, [0.125, 0.5, 0.75])),
    "poisson": case(mild, counts, lambda z, y: F.poisson_nll_loss(z, y, log_input=True, full=False, reduction="none")),
    "gamma": case(mild, amounts, lambda z, y: z + y * torch.exp(-z)),
    "labels weighted": case(logits, labels, lambda z, y: F.binary_cross_entropy_with_logits(
        z, y, reduction="none", pos_weight=torch.tensor([3, 0.5, 1.25], dtype=torch.float64))),
    "tweedie": case(mild, counts, lambda z, y: tweedie(z, y, 1.25)),
}
result = {"torch": torch.__version__.split("+")[0], "weights": numbers(WEIGHTS), "cases": cases}
write("losses.json", result)
