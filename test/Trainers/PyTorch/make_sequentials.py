"""Writes Sequentials/*.safetensors and Sequentials/expected.json: networks of PyTorch with what they give for some rows. The tests load them and compare.

Run with any Python that has torch (1.13 made the stored files):  python3 make_sequentials.py
"""

import json
import os
from collections import OrderedDict

import torch
from torch import nn

import snippets

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "Sequentials")
save_sequential = snippets.of(os.path.join(HERE, "..", "..", "..", "docs", "pytorch.md"))["save_sequential"]

torch.manual_seed(0)


def hidden(*modules, inputs=4, width=8, outputs=1):
    return nn.Sequential(nn.Linear(inputs, width), *modules, nn.Linear(width, outputs))


class Wrapped(nn.Module):
    """A class of its own around a Sequential."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1))
        self.net = hidden(nn.ReLU(), outputs=1)

    def forward(self, x):
        return self.net(x)


CASES = {
    "linear": ("regression", nn.Sequential(nn.Linear(4, 1))),
    "relu": ("regression", hidden(nn.ReLU())),
    "leaky-relu": ("regression", hidden(nn.LeakyReLU(0.2))),
    "elu": ("regression", hidden(nn.ELU(0.7))),
    "celu": ("regression", hidden(nn.CELU())),
    "selu": ("regression", hidden(nn.SELU(inplace=True))),
    "gelu": ("regression", hidden(nn.GELU())),
    "gelu-tanh": ("regression", hidden(nn.GELU(approximate="tanh"))),
    "silu": ("regression", hidden(nn.SiLU())),
    "mish": ("regression", hidden(nn.Mish())),
    "softplus": ("regression", hidden(nn.Softplus(2.5))),
    "sigmoid-tanh": ("regression", hidden(nn.Sigmoid(), nn.Linear(8, 8), nn.Tanh())),
    "prelu": ("regression", hidden(nn.PReLU(), nn.Linear(8, 8), nn.PReLU(8))),
    "batch-norm": ("binary", hidden(nn.BatchNorm1d(8, eps=1e-3), nn.ReLU(), nn.Dropout(0.3))),
    "batch-norm-plain": ("binary", nn.Sequential(nn.BatchNorm1d(4, affine=False), nn.Linear(4, 8, bias=False), nn.Tanh(), nn.Linear(8, 1))),
    "layer-norm": ("multiclass", hidden(nn.LayerNorm(8), nn.GELU(), nn.Linear(8, 8), nn.LayerNorm(8, elementwise_affine=False), outputs=3)),
    "sigmoid-end": ("binary", nn.Sequential(nn.Flatten(), nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1), nn.Sigmoid(), nn.Flatten(0))),
    "two-logits": ("binary", hidden(nn.ReLU(), outputs=2)),
    "two-softmax": ("binary", nn.Sequential(*hidden(nn.ReLU(), outputs=2), nn.LogSoftmax(dim=1))),
    "softmax-end": ("multiclass", nn.Sequential(*hidden(nn.ReLU(), outputs=3), nn.Softmax(dim=-1))),
    "labels": ("multilabel", nn.Sequential(*hidden(nn.ReLU(), outputs=3), nn.Sigmoid())),
    "values-tanh-end": ("regression", nn.Sequential(*hidden(nn.ReLU(), outputs=2), nn.Tanh())),
    "limits": ("regression", nn.Sequential(*hidden(nn.ReLU()), nn.Hardtanh(-0.2, 0.3))),
    "nested": ("regression", nn.Sequential(OrderedDict([
        ("body", nn.Sequential(OrderedDict([("fc1", nn.Linear(4, 8)), ("act", nn.ReLU()), ("rest", nn.Sequential(nn.Dropout(0.5), nn.Linear(8, 6)))]))),
        ("head", nn.Linear(6, 2))]))),
    "double": ("regression", hidden(nn.ReLU()).double()),
    "half": ("regression", hidden(nn.ReLU()).half()),
    "bfloat16": ("regression", hidden(nn.ReLU()).bfloat16()),
    "wrapped": ("regression", Wrapped()),
}


def disturb(model):
    """Weights and statistics that are not those a module starts with."""
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if not tensor.is_floating_point():
                continue
            noise = torch.randn(tensor.shape).to(tensor.dtype)
            tensor.add_(noise.abs() if name.endswith("running_var") else 0.5 * noise)


expected = {"rows": (2 * torch.randn(7, 4)).tolist(), "cases": {}}
rows = torch.tensor(expected["rows"])
for case, (task, model) in CASES.items():
    disturb(model)
    model.eval()
    save_sequential(model, os.path.join(FOLDER, case + ".safetensors"))
    with torch.no_grad():
        # Half precision is that of the file: what is computed from it is not.
        outputs = model.double()(rows.double()).reshape(len(rows), -1)
    expected["cases"][case] = {"task": task, "outputs": outputs.tolist()}

with open(os.path.join(FOLDER, "expected.json"), "w", encoding="utf-8", newline="\n") as file:
    json.dump(expected, file, indent=1)
    file.write("\n")
