"""Writes explanations.json: integrated gradients (Sundararajan, Taly, Yan 2017) of a network by PyTorch's gradients in double precision, along the
straight line of its features, by the midpoint rule in 20,000 steps. The tests hold the engine to these values.

Run with any Python that has torch (1.13 made the stored file):  python3 make_explanation_values.py
"""

import torch
from torch import nn
from torch.nn import functional as F

from reference_values import floats, numbers, write

torch.manual_seed(5)
STEPS = 20_000
INPUTS, HIDDEN, OUTPUTS = 4, 7, 3


def parameters(module):
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_((2 * parameter).float())


first, norm, second, last = nn.Linear(INPUTS, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.Linear(HIDDEN, 5), nn.Linear(5, OUTPUTS)
for module in (first, norm, second, last):
    parameters(module)
with torch.no_grad():
    norm.running_mean.copy_(floats(HIDDEN))
    norm.running_var.copy_((floats(HIDDEN).abs() + 0.5).float())
norm.eval()
center, factor, limit = floats(INPUTS), (floats(INPUTS).abs() + 0.5).float().double(), 2.0


def network(x):
    z = (x - center) * factor
    z = z / torch.sqrt(1 + (z / limit) ** 2)
    return last(F.gelu(second(torch.tanh(norm(first(z))))))


def integrated_gradients(x, baseline, output):
    shares = ((torch.arange(STEPS) + 0.5) / STEPS)[:, None]
    points = (baseline + shares * (x - baseline)).requires_grad_()
    network(points)[:, output].sum().backward()
    return (x - baseline) * points.grad.mean(0)


rows, baselines = floats(6, INPUTS) * 2, floats(6, INPUTS)
write("explanations.json", {
    "torch": torch.__version__.split("+")[0],
    "center": numbers(center), "factor": numbers(factor), "limit": limit,
    "parameters": {f"{name}.{key}": numbers(value) for name, module in (("first", first), ("norm", norm), ("second", second), ("last", last))
                   for key, value in list(module.named_parameters()) + [(k, v) for k, v in module.named_buffers() if v.dim() > 0]},
    "rows": numbers(rows), "baselines": numbers(baselines),
    "outputs": numbers(network(rows)),
    "attributions": [[numbers(integrated_gradients(x, b, output)) for output in range(OUTPUTS)] for x, b in zip(rows, baselines)],
})
