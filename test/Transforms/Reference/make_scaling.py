"""Writes scaling.json: what scikit-learn makes of small data. Made with scikit-learn 1.2.1 and numpy 1.24.2."""
import json
import math
import pathlib

import numpy as np
from sklearn.preprocessing import MinMaxScaler, StandardScaler

random = np.random.default_rng(20260801)


def plain():
    return random.normal(size=(60, 5)) * [1, 1e-3, 1e4, 30, 1] + [0, 5e-3, -2e4, 1000, 1]


def with_gaps():
    rows = plain()
    rows[random.random(rows.shape) < 0.2] = math.nan
    rows[:, 4] = 3.25
    return rows


def far_from_zero():
    return random.normal(size=(200, 5)) + [1e8, -1e8, 3e7, 1e6, 5]


def mostly_zero():
    rows = plain()
    rows[random.random(rows.shape) < 0.8] = 0
    rows[:, 2] = 0
    return rows


def standard(name, rows, center=True, scale=True, item="Double"):
    scaler = StandardScaler(with_mean=center, with_std=scale).fit(rows)
    deviations = np.nanstd(rows, axis=0) if scaler.var_ is None else np.sqrt(scaler.var_)
    return {
        "name": name, "scaler": "standard", "item": item, "center": center, "scale": scale,
        "means": np.nanmean(rows, axis=0) if scaler.mean_ is None else scaler.mean_, "deviations": deviations,
        "divisors": np.ones(rows.shape[1]) if scaler.scale_ is None else scaler.scale_,
    } | applied(scaler, rows)


def min_max(name, rows, minimum=0.0, maximum=1.0, clip=False, item="Double"):
    scaler = MinMaxScaler(feature_range=(minimum, maximum), clip=clip).fit(rows)
    divisors = np.where(scaler.data_range_ == 0, 1, scaler.data_range_)
    return {
        "name": name, "scaler": "minmax", "item": item, "minimum": minimum, "maximum": maximum, "clip": clip,
        "minima": scaler.data_min_, "maxima": scaler.data_max_, "divisors": divisors,
    } | applied(scaler, rows)


def applied(scaler, rows):
    unseen = np.vstack([rows[:10], rows[:5] * 3 + 1])
    transformed = scaler.transform(unseen)
    return {"fit": rows, "transform": unseen, "transformed": transformed, "inverse": scaler.inverse_transform(transformed)}


def single(rows):
    """Rounds to 32 bits, so that both sides see the same numbers."""
    return rows.astype(np.float32).astype(np.float64)


def writable(value):
    if isinstance(value, np.ndarray):
        return [writable(item) for item in value.tolist()]
    if isinstance(value, list):
        return [writable(item) for item in value]
    return "NaN" if isinstance(value, float) and math.isnan(value) else value


cases = [
    standard("plain", plain()),
    standard("gaps and a constant", with_gaps()),
    standard("far from zero", far_from_zero()),
    standard("not centred", plain(), center=False),
    standard("not scaled", with_gaps(), scale=False),
    standard("neither", plain(), center=False, scale=False),
    standard("mostly zero, not centred", single(mostly_zero()), center=False, item="Single"),
    standard("mostly zero", single(mostly_zero()), item="Single"),
    standard("single", single(with_gaps()), item="Single"),
    min_max("plain", plain()),
    min_max("gaps and a constant", with_gaps()),
    min_max("far from zero", far_from_zero()),
    min_max("from -1 to 3", with_gaps(), minimum=-1.0, maximum=3.0),
    min_max("clipped", with_gaps(), clip=True),
    min_max("clipped, from -5 to -4.5", with_gaps(), minimum=-5.0, maximum=-4.5, clip=True),
    min_max("mostly zero", single(mostly_zero()), item="Single"),
    min_max("single", single(with_gaps()), minimum=-1.0, item="Single"),
]
cases = [{key: writable(value) for key, value in case.items()} for case in cases]
lines = ",\n".join(json.dumps(case, allow_nan=False, separators=(",", ":")) for case in cases)
pathlib.Path(__file__).with_name("scaling.json").write_text("[\n" + lines + "\n]\n")
