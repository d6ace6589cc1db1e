"""Writes optimizers.json: what PyTorch computes in double precision for the optimizers beyond SGD, Adam and RMSprop, which
pytorch.json has. The tests hold the engines to these values.

Run with any Python that has torch (1.13 made the stored file):  python3 make_optimizer_values.py
"""

import json
import pathlib

import torch

torch.manual_seed(1)
torch.set_default_dtype(torch.float64)


def numbers(tensor):
    # Rounded to float first: the engine reads these as floats, so both sides see the same numbers.
    return [float(f"{v:.9g}") for v in tensor.detach().flatten().tolist()]


def floats(*shape):
    return torch.randn(*shape).float().double()


def steps():
    rate = 0.125
    # NAdam: torch 1.13 multiplies μ into the product twice where it takes tensors one by one; later versions, and foreach in
    # this one, do not.
    cases = {
        "adagrad": lambda p: torch.optim.Adagrad(p, lr=rate),
        "adagrad all": lambda p: torch.optim.Adagrad(p, lr=rate, lr_decay=0.5, initial_accumulator_value=0.25, eps=0.125, weight_decay=0.25),
        "adadelta": lambda p: torch.optim.Adadelta(p, lr=rate),
        "adadelta all": lambda p: torch.optim.Adadelta(p, lr=rate, rho=0.5, eps=0.125, weight_decay=0.25),
        "adamax": lambda p: torch.optim.Adamax(p, lr=rate),
        "adamax all": lambda p: torch.optim.Adamax(p, lr=rate, betas=(0.5, 0.75), eps=0.125, weight_decay=0.25),
        "nadam": lambda p: torch.optim.NAdam(p, lr=rate, foreach=True),
        "nadam all": lambda p: torch.optim.NAdam(p, lr=rate, betas=(0.5, 0.75), eps=0.125, weight_decay=0.25, momentum_decay=0.5, foreach=True),
        "radam": lambda p: torch.optim.RAdam(p, lr=rate),
        "radam all": lambda p: torch.optim.RAdam(p, lr=rate, betas=(0.5, 0.75), eps=0.125, weight_decay=0.25),
        "adam amsgrad": lambda p: torch.optim.Adam(p, lr=rate, amsgrad=True, betas=(0.5, 0.75), eps=0.125),
        "adamw amsgrad": lambda p: torch.optim.AdamW(p, lr=rate, amsgrad=True, betas=(0.5, 0.75), weight_decay=0.25),
    }
    start = floats(5)
    # The gradients fall, so that the largest square and the latest are not the same.
    gradients = [floats(5) * (0.75 if i % 2 else 1) ** i for i in range(12)]
    gradients = [g.float().double() for g in gradients]
    result = {"start": numbers(start), "gradients": [numbers(g) for g in gradients], "learning_rate": rate, "steps": {}}
    for name, make in cases.items():
        weights = start.clone().requires_grad_()
        optimizer = make([weights])
        rows = []
        for gradient in gradients:
            weights.grad = gradient.clone()
            optimizer.step()
            rows.append(numbers(weights))
        result["steps"][name] = rows
    return result


values = {"torch": torch.__version__.split("+")[0], "optimizers": steps()}
path = pathlib.Path(__file__).with_name("optimizers.json")
path.write_text(json.dumps(values, indent=1).replace("\n    ", " ").replace("\n   ]", " ]") + "\n")
