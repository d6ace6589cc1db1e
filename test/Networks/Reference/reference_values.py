"""What the scripts that write PyTorch's values have in common: double precision, numbers that a float holds, one form of file."""

import json
import pathlib

import torch

torch.set_default_dtype(torch.float64)


def floats(*shape):
    """Random numbers that a float holds, so that the engine and PyTorch see the same."""
    return torch.randn(*shape).float().double()


def numbers(tensor):
    """The values of a tensor for a file: nine digits tell floats apart."""
    return [float(f"{v:.9g}") for v in tensor.detach().flatten().tolist()]


def write(name, values):
    """Writes a file beside the scripts."""
    text = json.dumps(values, indent=1).replace("\n    ", " ").replace("\n   ]", " ]")
    pathlib.Path(__file__).with_name(name).write_text(text + "\n")
