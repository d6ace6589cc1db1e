"""Writes schedules.json: the learning rates of PyTorch's schedulers, base rate 1. The tests hold the schedules to these values.

Run with any Python that has torch (1.13 made the stored file):  python3 make_schedule_values.py
"""

import json
import pathlib

import torch
from torch.optim import lr_scheduler as lr

EPOCHS, STEPS = 12, 5  # steps of an epoch


def optimizer():
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)


def rates(make, steps, arguments=None):
    """The rate of each step; arguments(i) are those of the call of step() after step i."""
    o = optimizer()
    scheduler = make(o)
    result = []
    for i in range(steps):
        result.append(o.param_groups[0]["lr"])
        o.step()
        if i < steps - 1:
            scheduler.step(*(arguments(i) if arguments else []))
    return result


def warm_up(o):
    rise = lr.LinearLR(o, start_factor=0.01, total_iters=2 * STEPS)
    fall = lr.CosineAnnealingLR(o, T_max=(EPOCHS - 2) * STEPS)
    return lr.SequentialLR(o, [rise, fall], [2 * STEPS])


MONITORED = [5.0, 4.0, 4.1, 4.05, 4.2, 3.9999, 3.0, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6, 3.7, 2.0, 2.5, 2.5, 2.5, 2.5, 2.5]


def plateau(**arguments):
    make = lambda o: lr.ReduceLROnPlateau(o, eps=0, **arguments)
    return rates(make, len(MONITORED), lambda i: [MONITORED[i]])


steps = EPOCHS * STEPS
values = {
    "epochs": EPOCHS,
    "steps": STEPS,
    "monitored": MONITORED,
    "per epoch": {
        "step": rates(lambda o: lr.StepLR(o, step_size=3, gamma=0.5), EPOCHS),
        "multi-step": rates(lambda o: lr.MultiStepLR(o, milestones=[2, 5, 9], gamma=0.3), EPOCHS),
        "exponential": rates(lambda o: lr.ExponentialLR(o, gamma=0.9), EPOCHS),
    },
    "per step": {
        "linear": rates(lambda o: lr.PolynomialLR(o, total_iters=steps, power=1.0), steps),
        "polynomial": rates(lambda o: lr.PolynomialLR(o, total_iters=steps, power=2.5), steps),
        "cosine": rates(lambda o: lr.CosineAnnealingLR(o, T_max=steps, eta_min=0.1), steps),
        "restarts": rates(lambda o: lr.CosineAnnealingWarmRestarts(o, T_0=2, T_mult=2, eta_min=0.05), steps,
                          lambda i: [(i + 1) / STEPS]),
        "equal restarts": rates(lambda o: lr.CosineAnnealingWarmRestarts(o, T_0=5, T_mult=1), steps,
                                lambda i: [(i + 1) / STEPS]),
        "one-cycle": rates(lambda o: lr.OneCycleLR(o, max_lr=1.0, total_steps=steps, cycle_momentum=False), steps),
        "one-cycle late": rates(lambda o: lr.OneCycleLR(o, max_lr=1.0, total_steps=steps, pct_start=0.7, div_factor=10,
                                                        final_div_factor=100, cycle_momentum=False), steps),
        "warm-up": rates(warm_up, steps),
    },
    "plateau": {
        "patience 2": plateau(patience=2),
        "patience 0": plateau(patience=0, factor=0.5),
        "threshold": plateau(patience=1, factor=0.5, threshold=0.3),
        "cooldown": plateau(patience=1, factor=0.5, cooldown=3),
        "minimum": plateau(patience=0, factor=0.5, min_lr=0.2),
    },
}
values["higher is better"] = rates(
    lambda o: lr.ReduceLROnPlateau(o, mode="max", patience=1, factor=0.5, threshold=0.3, eps=0), len(MONITORED), lambda i: [MONITORED[i]])

path = pathlib.Path(__file__).parent / "schedules.json"
path.write_text(json.dumps(values, indent=1) + "\n")
