"""Does in Python what the benchmarks do in C#.

  peers.py libraries                 prints which of the libraries below are installed
  peers.py serve LIBRARY THREADS     answers each line of JSON on stdin with one on stdout
  peers.py startup LIBRARY THREADS FILE   trains one epoch on a file of numbers, prints a line, ends

A request either prepares work ({"work": "training", ...}; the answer tells whether the library can do it), or runs it for some
time ({"work": "run", "seconds": 0.2}; the answer is the rate in rows per second). Set-up is done by the former and not counted.
THREADS is a number, or "default" for what the library chooses.
"""
import importlib.util
import json
import os
import sys
import time
import warnings

LIBRARIES = ("torch", "sklearn")
warnings.filterwarnings("ignore")


def numbers(rows, columns):
    """The numbers of Numbers.cs: a hash of the position, from -1 to 1, times the column's number."""
    import numpy as np
    position = np.arange(rows * columns, dtype=np.uint32)
    fractions = (position * np.uint32(2654435761) >> np.uint32(8)).astype(np.float32) * np.float32(2.0 ** -23) - np.float32(1)
    return fractions.reshape(rows, columns) * np.arange(1, columns + 1, dtype=np.float32)


def classification(work):
    """Features between -1 and 1, and random classes."""
    import numpy as np
    random = np.random.default_rng(1)
    features = random.uniform(-1, 1, (work["rows"], work["features"])).astype(np.float32)
    return features, random.integers(0, work["classes"], work["rows"])


class Torch:
    def __init__(self, threads):
        import torch
        if threads:
            torch.set_num_threads(threads)
        torch.manual_seed(1)
        self.torch = torch

    def version(self):
        return f"PyTorch {self.torch.__version__}"

    def network(self, work):
        nn, layers, width = self.torch.nn, [], work["features"]
        for units in work["hidden"]:
            layers += [nn.Linear(width, units), nn.ReLU()]
            width = units
        return nn.Sequential(*layers, nn.Linear(width, work["classes"]))

    def training(self, work):
        torch, batch, rows = self.torch, work["batch"], work["rows"]
        features, classes = (torch.from_numpy(array) for array in classification(work))
        network, loss = self.network(work), torch.nn.CrossEntropyLoss()
        optimizer, order, first = torch.optim.Adam(network.parameters()), torch.randperm(rows), 0

        def step():
            nonlocal first
            chosen = order[first:first + batch]
            optimizer.zero_grad()
            loss(network(features[chosen]), classes[chosen]).backward()
            optimizer.step()
            first = first + batch if first + 2 * batch <= rows else 0
            return batch
        return step

    def scoring(self, work):
        torch, rows = self.torch, work["rows"]
        network, features = self.network(work).eval(), torch.from_numpy(classification(work)[0])

        def score():
            with torch.inference_mode():
                network(features)
            return rows
        return score


class Sklearn:
    def __init__(self, _):
        import sklearn
        self.sklearn = sklearn

    def version(self):
        return f"scikit-learn {self.sklearn.__version__}"

    def network(self, work, batch):
        from sklearn.neural_network import MLPClassifier
        return MLPClassifier(tuple(work["hidden"]), batch_size=batch, random_state=1)

    def training(self, work):
        import numpy as np
        # partial_fit is one epoch of fit with the optimizer's state kept; its checks of the input are counted, being part of
        # every call. Few rows per call where steps are slow, so that turns stay short.
        batch = work["batch"]
        rows = min(work["rows"], max(4, 4096 // batch) * batch)
        features, classes = (array[:rows] for array in classification(work))
        network, every = self.network(work, batch), np.arange(work["classes"])
        network.partial_fit(features[:batch], classes[:batch], classes=every)

        def epoch():
            network.partial_fit(features, classes)
            return rows
        return epoch

    def scoring(self, work):
        import numpy as np
        features, classes = classification({**work, "rows": max(work["rows"], 200)})
        network = self.network(work, 200).partial_fit(features[:200], classes[:200], classes=np.arange(work["classes"]))
        features = features[:work["rows"]]

        def score():
            network.predict_proba(features)
            return len(features)
        return score

    def scaling(self, work):
        from sklearn.preprocessing import MinMaxScaler, StandardScaler
        make = {"standard": StandardScaler, "minmax": MinMaxScaler}[work["scaler"]]
        values = numbers(work["rows"], work["columns"])
        fitted = make().fit(values)

        def scale():
            make().fit(values) if work["phase"] == "fit" else fitted.transform(values)
            return len(values)
        return scale


def start(library, threads):
    number = None if threads == "default" else int(threads)
    choose_kernels()
    if number:
        # Read when the libraries are loaded, so set before.
        for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ[variable] = threads
    return {"torch": Torch, "sklearn": Sklearn}[library](number)


def choose_kernels():
    """Tells OpenBLAS which kernels to use. Processors newer than the library get those of 2004 otherwise, several times slower."""
    try:
        with open("/proc/cpuinfo") as lines:
            flags = next((line for line in lines if line.startswith("flags")), "").split()
    except OSError:
        return
    kernels = "SkylakeX" if "avx512vl" in flags else "Haswell" if "avx2" in flags and "fma" in flags else None
    if kernels:
        os.environ.setdefault("OPENBLAS_CORETYPE", kernels)


def describe(library):
    """Versions of the library, Python and the linear algebra that is loaded."""
    parts = [library.version(), f"Python {sys.version.split()[0]}"]
    try:
        import threadpoolctl
        if not any(pool["user_api"] == "blas" for pool in threadpoolctl.threadpool_info()):
            parts.append("linear algebra without vectors or threads: as installed here it is no measure (Debian: install libopenblas0-pthread)")
        parts += [f"{pool['internal_api']} {pool['version'] or ''} {pool.get('architecture') or ''} {pool['num_threads']} threads".replace("  ", " ")
                  for pool in threadpoolctl.threadpool_info()]
    except ImportError:
        parts.append("linear algebra unknown, as threadpoolctl is not installed")
    return ", ".join(parts)


def run(work, seconds):
    begin = time.perf_counter()
    units = work()
    while time.perf_counter() - begin < seconds:
        units += work()
    return units / (time.perf_counter() - begin)


def serve(name, threads):
    library = start(name, threads)
    print(json.dumps({"description": describe(library)}), flush=True)
    work = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["work"] == "run":
            answer = {"rate": run(work, request["seconds"])}
        else:
            prepare, work = getattr(library, request["work"], None), None
            work = prepare and prepare(request)
            answer = {"able": work is not None}
        print(json.dumps(answer), flush=True)


def startup(name, threads, file):
    import numpy as np
    rows = np.loadtxt(file, delimiter=",", skiprows=1, usecols=(0, 1, 2, 3), dtype=np.float32).shape[0]
    step = start(name, threads).training({"features": 4, "hidden": [256, 128], "classes": 3, "batch": 16, "rows": rows})
    trained = 0
    while trained < rows // 16 * 16:
        trained += step()
    print("trained", flush=True)


def libraries():
    print(*(library for library in LIBRARIES if importlib.util.find_spec(library)))


if __name__ == "__main__":
    {"libraries": libraries, "serve": serve, "startup": startup}[sys.argv[1]](*sys.argv[2:])
