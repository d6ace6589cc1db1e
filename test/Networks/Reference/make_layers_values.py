"""Writes layers.json: what PyTorch computes in double precision for activations and normalization layers beyond those of
make_pytorch_values.py. The tests hold the engine to these values.

Run with any Python that has torch (1.13 made the stored file):  python3 make_layers_values.py
"""

import torch
from torch import nn
from torch.nn import functional as F

from reference_values import floats, numbers, write

torch.manual_seed(0)


def activations():
    x = torch.linspace(-6, 6, 25)
    functions = {
        "selu": F.selu, "mish": F.mish, "softplus": F.softplus, "softplus 2.5": lambda z: F.softplus(z, beta=2.5),
        "gelu tanh": lambda z: F.gelu(z, approximate="tanh"),
    }
    result = {"x": numbers(x), "values": {}, "derivatives": {}}
    for name, function in functions.items():
        point = x.clone().requires_grad_()
        value = function(point)
        value.sum().backward()
        result["values"][name] = numbers(value)
        result["derivatives"][name] = numbers(point.grad)
    return result


def layer(module, rows, size):
    """Forward and backward through a layer with parameters that are not those it starts with."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_((parameter + 0.5 * torch.randn_like(parameter)).float())
    x = (floats(rows, size) * 3 + 1).float().double().requires_grad_()
    gradient = floats(rows, size)
    output = module(x)
    output.backward(gradient)
    result = {
        "x": numbers(x), "output_gradient": numbers(gradient), "output": numbers(output), "x_gradient": numbers(x.grad),
        "parameters": {name: numbers(value) for name, value in module.named_parameters()},
        "gradients": {name: numbers(value.grad) for name, value in module.named_parameters()},
        "buffers": {name: numbers(value) for name, value in module.named_buffers() if value.dim() > 0},
    }
    module.eval()
    result["scored"] = numbers(module(x))
    return result


values = {
    "torch": torch.__version__.split("+")[0],
    "activations": activations(),
    "layers": {
        "layer_norm": layer(nn.LayerNorm(5), 9, 5),
        "layer_norm plain": layer(nn.LayerNorm(5, eps=0.125, elementwise_affine=False), 9, 5),
        "batch_norm": layer(nn.BatchNorm1d(3, eps=0.0625, momentum=0.25), 9, 3),
        "batch_norm plain": layer(nn.BatchNorm1d(3, affine=False), 9, 3),
        "prelu": layer(nn.PReLU(), 9, 5),
        "prelu per unit": layer(nn.PReLU(5), 9, 5),
    },
}
write("layers.json", values)
