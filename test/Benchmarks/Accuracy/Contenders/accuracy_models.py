"""Fits scikit-learn's models for build/bench.sh accuracy.

Each line of JSON on stdin asks for one: the model ("mlp" or "boosting"), files, label, columns that are dropped or categories, classes
(none for a regression), a file of the row numbers to train and to test on, a file for the scores, a seed. The answer is a line with the
seconds that fitting took. Scores are 32-bit floats, [test rows x outputs]: the probability of the second class, the probabilities of
several classes, or the value.
"""
import csv
import json
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")
tables = {}


def read(request):
    """Features [rows x columns], categories as codes; targets; which columns are categories."""
    key = request["files"][0]
    if key not in tables:
        rows = []
        for path in request["files"]:
            with open(path, newline="") as file:
                header, *lines = csv.reader(file)
                rows += lines
        names = [name for name in header if name != request["label"] and name not in request["dropped"]]
        features = np.empty((len(rows), len(names)))
        for place, name in enumerate(names):
            texts = [row[header.index(name)] for row in rows]
            if name in request["categories"]:
                features[:, place] = np.unique(texts, return_inverse=True)[1]
            else:
                features[:, place] = [float("nan") if text == "?" else float(text) for text in texts]
        labels = [row[header.index(request["label"])] for row in rows]
        classes = {name: index for index, name in enumerate(request["classes"])}
        targets = np.array([classes[label] if classes else float(label) for label in labels])
        tables[key] = features, targets, np.array([name in request["categories"] for name in names])
    return tables[key]


def model_of(request, categories, rows):
    classification, seed = len(request["classes"]) > 0, request["seed"]
    if request["model"] == "boosting":
        kind = HistGradientBoostingClassifier if classification else HistGradientBoostingRegressor
        return kind(random_state=seed, categorical_features=categories if categories.any() else None)
    encoder = ColumnTransformer([("numbers", StandardScaler(), ~categories), ("categories", OneHotEncoder(handle_unknown="ignore"), categories)], sparse_threshold=0)
    kind = MLPClassifier if classification else MLPRegressor
    # A tenth of few rows says too little of when to stop.
    network = make_pipeline(encoder, kind(random_state=seed, early_stopping=rows >= 2000, max_iter=1000))
    return network if classification else TransformedTargetRegressor(network, transformer=StandardScaler())


def fit(request):
    features, targets, categories = read(request)
    with open(request["rows"]) as file:
        rows = json.load(file)
    start = time.perf_counter()
    model = model_of(request, categories, len(rows["training"])).fit(features[rows["training"]], targets[rows["training"]])
    seconds = time.perf_counter() - start
    count = len(request["classes"])
    if count == 0:
        scores = model.predict(features[rows["test"]])
    else:
        # A class that no training row has gets no probability.
        scores = np.zeros((len(rows["test"]), count))
        scores[:, model.classes_.astype(int)] = model.predict_proba(features[rows["test"]])
        scores = scores[:, 1] if count == 2 else scores
    scores.astype("<f4").tofile(request["scores"])
    return {"seconds": seconds}


def version():
    return {"version": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, Python {sys.version.split()[0]}"}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(version() if request["model"] == "version" else fit(request)), flush=True)
