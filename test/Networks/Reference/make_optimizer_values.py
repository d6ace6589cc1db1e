"""Writes optimizers.json: what PyTorch computes in double precision for the optimizers beyond SGD, Adam and RMSprop, which
pytorch.json has. The tests hold the engines to these values.

Run with any Python that has torch (1.13 made the stored file):  python3 make_optimizer_values.py
"""

import torch

from reference_values import floats, numbers, write

torch.manual_seed(1)


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


def limits():
    gradient, weights = floats(40), floats(5, 3)
    point = torch.zeros(40, requires_grad=True)

    def clipped(clip):
        point.grad = gradient.clone()
        clip(point)
        return numbers(point.grad)

    return {
        "gradient": numbers(gradient),
        "norm 2": clipped(lambda p: torch.nn.utils.clip_grad_norm_(p, 2.0)),
        "norm 100": clipped(lambda p: torch.nn.utils.clip_grad_norm_(p, 100.0)),
        "value 0.5": clipped(lambda p: torch.nn.utils.clip_grad_value_(p, 0.5)),
        "weights": numbers(weights),
        "renorm 1": numbers(weights.renorm(2, 0, 1.0)),
    }


def averages():
    """A step of plain descent and an average, a few times; then the statistics of normalization for the averaged weights."""
    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.float())
    x, y = floats(12, 3), floats(12, 1)
    start = {name: numbers(value) for name, value in model.state_dict().items() if value.dim() > 0}
    exponential = torch.optim.swa_utils.AveragedModel(
        model, avg_fn=lambda average, value, n: 0.75 * average + 0.25 * value, use_buffers=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.125)
    for step in range(5):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
        exponential.update_parameters(model)
    end = {name: numbers(value) for name, value in model.state_dict().items() if value.dim() > 0}
    average = {name: numbers(value) for name, value in exponential.module.state_dict().items() if value.dim() > 0}
    torch.optim.swa_utils.update_bn([x[0:5], x[5:10], x[10:12]], model)
    return {
        "x": numbers(x), "y": numbers(y), "start": start, "end": end, "average": average,
        "statistics": {name: numbers(value) for name, value in model.state_dict().items() if "running" in name},
    }


def lbfgs():
    """Rosenbrock's function in four dimensions, three steps of several moves each."""
    def run(**options):
        x = torch.tensor([-1.5, 2.0, 0.5, -0.25], requires_grad=True)
        optimizer = torch.optim.LBFGS([x], **options)
        points = []
        for step in range(3):
            def closure():
                optimizer.zero_grad()
                loss = (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()
                loss.backward()
                return loss
            value = float(optimizer.step(closure))
            points.append({"value": value, "x": x.detach().tolist()})
        return points

    return {
        "wolfe": run(lr=1, max_iter=8, history_size=3, line_search_fn="strong_wolfe"),
        "wolfe long": run(lr=0.5, max_iter=20, history_size=10, line_search_fn="strong_wolfe"),
        "fixed": run(lr=0.001, max_iter=5, history_size=3),
    }


values = {
    "torch": torch.__version__.split("+")[0], "optimizers": steps(), "limits": limits(), "averages": averages(), "lbfgs": lbfgs(),
}
write("optimizers.json", values)
