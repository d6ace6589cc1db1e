"""Writes pytorch.json: what PyTorch computes in double precision for optimizers, activations, batch normalization,
losses and a small network. The tests hold the engine to these values.

Run with any Python that has torch (1.13 made the stored file):  python3 make_pytorch_values.py
"""

import torch
from torch import nn
from torch.nn import functional as F

from reference_values import floats, numbers, write

torch.manual_seed(0)


def optimizers():
    cases = {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.125),
        "sgd momentum": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.9),
        "sgd nesterov": lambda p: torch.optim.SGD(p, lr=0.125, momentum=0.9, nesterov=True),
        "sgd l2": lambda p: torch.optim.SGD(p, lr=0.125, weight_decay=0.25),
        "adam": lambda p: torch.optim.Adam(p, lr=0.125),
        "adam l2": lambda p: torch.optim.Adam(p, lr=0.125, weight_decay=0.25),
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.125, weight_decay=0.25),
        "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.125),
        "rmsprop momentum": lambda p: torch.optim.RMSprop(p, lr=0.125, momentum=0.5),
        "rmsprop centered": lambda p: torch.optim.RMSprop(p, lr=0.125, momentum=0.5, centered=True),
    }
    start = floats(5)
    gradients = [floats(5) for _ in range(6)]
    result = {"start": numbers(start), "gradients": [numbers(g) for g in gradients], "learning_rate": 0.125, "steps": {}}
    for name, make in cases.items():
        weights = start.clone().requires_grad_()
        optimizer = make([weights])
        steps = []
        for gradient in gradients:
            weights.grad = gradient.clone()
            optimizer.step()
            steps.append(numbers(weights))
        result["steps"][name] = steps
    return result


def activations():
    x = torch.linspace(-6, 6, 25)
    functions = {
        "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": F.relu, "leaky-relu": F.leaky_relu,
        "elu": F.elu, "gelu": F.gelu, "silu": F.silu,
    }
    result = {"x": numbers(x), "values": {}, "derivatives": {}}
    for name, function in functions.items():
        point = x.clone().requires_grad_()
        value = function(point)
        value.sum().backward()
        result["values"][name] = numbers(value)
        result["derivatives"][name] = numbers(point.grad)
    return result


def batch_normalization():
    layer = nn.BatchNorm1d(3)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([0.5, 1.5, -1.0]))
        layer.bias.copy_(torch.tensor([0.25, -0.5, 2.0]))
    x = (floats(7, 3) * 3 + 10).float().double().requires_grad_()
    gradient = floats(7, 3)
    output = layer(x)
    output.backward(gradient)
    result = {
        "x": numbers(x), "gamma": numbers(layer.weight), "beta": numbers(layer.bias), "output_gradient": numbers(gradient),
        "output": numbers(output), "x_gradient": numbers(x.grad), "gamma_gradient": numbers(layer.weight.grad),
        "beta_gradient": numbers(layer.bias.grad), "running_mean": numbers(layer.running_mean),
        "running_var": numbers(layer.running_var),
    }
    layer.eval()
    result["scored"] = numbers(layer(x))
    return result


def losses():
    logits = (floats(6, 4) * 4).float().double()
    weights = torch.tensor([1.0, 0.5, 0.0, 2.0, 1.0, 0.25])
    classes = torch.tensor([0, 3, 1, 2, 2, 0])
    binary = torch.tensor([0.0, 1.0, 1.0, 0.0, 1.0, 0.0])
    targets = floats(6, 4)

    def case(values, each):
        point = values.clone().requires_grad_()
        loss = (each(point) * weights).sum() / weights.sum()
        loss.backward()
        return {"loss": float(loss), "gradient": numbers(point.grad)}

    return {
        "logits": numbers(logits), "weights": numbers(weights), "classes": classes.tolist(), "binary": numbers(binary),
        "targets": numbers(targets),
        "softmax": case(logits, lambda z: F.cross_entropy(z, classes, reduction="none")),
        "sigmoid": case(logits[:, 0], lambda z: F.binary_cross_entropy_with_logits(z, binary, reduction="none")),
        "squared": case(logits, lambda z: ((z - targets) ** 2).mean(dim=1)),
    }


def network():
    model = nn.Sequential(
        nn.Linear(6, 8), nn.BatchNorm1d(8), nn.GELU(), nn.Linear(8, 5), nn.Tanh(), nn.Linear(5, 3))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.float())
    x = floats(10, 6)
    y = torch.tensor([0, 2, 1, 1, 0, 2, 2, 0, 1, 0])
    start = {name: numbers(value) for name, value in model.state_dict().items() if value.dim() > 0}
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03125, eps=0.001)
    loss_values = []
    for step in range(4):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        loss_values.append(float(loss))
    end = {name: numbers(value) for name, value in model.state_dict().items() if value.dim() > 0}
    model.eval()
    return {
        "x": numbers(x), "y": y.tolist(), "start": start, "end": end, "losses": loss_values, "scores": numbers(model(x)),
    }


values = {
    "torch": torch.__version__.split("+")[0],
    "optimizers": optimizers(),
    "activations": activations(),
    "batch_normalization": batch_normalization(),
    "losses": losses(),
    "network": network(),
}
write("pytorch.json", values)
