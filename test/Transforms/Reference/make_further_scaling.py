"""Writes further_scaling.json: what scikit-learn makes of small data. Made with scikit-learn 1.2.1, scipy 1.10.1 and numpy 1.24.2."""
import json
import math
import pathlib
import warnings

import numpy as np
from sklearn.decomposition import PCA
from sklearn.preprocessing import MaxAbsScaler, PowerTransformer, QuantileTransformer, RobustScaler

random = np.random.default_rng(20261121)


def plain(rows=60):
    return random.normal(size=(rows, 5)) * [1, 1e-2, 1e4, 30, 1] + [0, 5e-2, -2e4, 1000, 1]


def gaps(rows, share=0.2):
    rows = rows.copy()
    rows[random.random(rows.shape) < share] = math.nan
    return rows


def with_gaps():
    rows = gaps(plain())
    rows[:, 4] = 3.25
    return rows


def mostly_zero():
    rows = plain()
    rows[random.random(rows.shape) < 0.6] = 0
    rows[:, 2] = 0
    return rows


def ties(rows=203):
    return np.round(random.normal(size=(rows, 5)) * [2, 3, 5, 1, 0.7])


def skewed(rows=80):
    return np.exp(random.normal(size=(rows, 5)) * [0.5, 1, 0.2, 1.5, 0.8] + [0, 1, 2, -1, 0])


def two_sided(rows=120):
    return random.normal(size=(rows, 5)) ** 3 * [1, 0.3, 5, 1, 0.1] + [0, 1, -2, 0.5, -0.1]


def correlated(rows=100):
    mixing = random.normal(size=(5, 5))
    return random.normal(size=(rows, 5)) @ (mixing * [[3], [1], [0.5], [2], [0.1]]) + [10, -5, 1000, 0, 2]


def single(rows):
    """Rounds to 32 bits, so that both sides see the same numbers."""
    return rows.astype(np.float32).astype(np.float64)


def case(name, kind, scaler, rows, parameters, options=None, item="Double", unseen=None):
    unseen = np.vstack([rows[:12], rows[:6] * 1.5 + 0.1]) if unseen is None else unseen
    transformed = scaler.transform(unseen)
    return {
        "name": name, "scaler": kind, "item": item, "options": options or {}, "parameters": parameters, "fit": rows, "transform": unseen,
        "transformed": transformed, "inverse": scaler.inverse_transform(transformed),
    }


def max_abs(name, rows, **more):
    scaler = MaxAbsScaler().fit(rows)
    return case(name, "maxabs", scaler, rows, {"MaximumMagnitudes": scaler.max_abs_, "Divisors": scaler.scale_}, **more)


class SmoothClipping:
    """RealMLP's scaling and smooth clipping, from the paper; scikit-learn has none."""

    def __init__(self, rows, limit):
        low, self.median, high = np.nanquantile(rows, [0.25, 0.5, 0.75], axis=0)
        span = np.nanmax(rows, axis=0) - np.nanmin(rows, axis=0)
        self.divisors = np.where(high > low, high - low, np.where(span > 0, span / 2, 1))
        self.constant = span == 0
        self.limit = limit

    def transform(self, rows):
        z = np.where(self.constant & ~np.isnan(rows), 0, (rows - self.median) / self.divisors)
        return z / np.sqrt(1 + (z / self.limit) ** 2)

    def inverse_transform(self, rows):
        z = rows / np.sqrt(1 - (rows / self.limit) ** 2)
        return z * self.divisors + self.median


def robust(name, rows, center=True, scale=True, low=0.25, high=0.75, unit=False, **more):
    scaler = RobustScaler(with_centering=center, with_scaling=scale, quantile_range=(low * 100, high * 100), unit_variance=unit).fit(rows)
    quantiles = np.nanquantile(rows, [low, 0.5, high], axis=0)
    parameters = {
        "LowerQuantiles": quantiles[0], "Medians": quantiles[1], "UpperQuantiles": quantiles[2],
        "Divisors": np.ones(rows.shape[1]) if scaler.scale_ is None else scaler.scale_,
    }
    options = {"center": center, "scale": scale, "lowerQuantile": low, "upperQuantile": high, "unitVariance": unit}
    return case(name, "robust", scaler, rows, parameters, options, **more)


def smooth(name, rows, limit=3.0, **more):
    scaler = SmoothClipping(rows, limit)
    options = {"center": True, "scale": True, "lowerQuantile": 0.25, "upperQuantile": 0.75, "unitVariance": False, "smoothClipLimit": limit}
    return case(name, "robust", scaler, rows, {"Medians": scaler.median, "Divisors": scaler.divisors}, options, **more)


def quantile(name, rows, distribution, count=1000, **more):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scaler = QuantileTransformer(n_quantiles=count, output_distribution=distribution, subsample=10**9).fit(rows)
    parameters = {f"Quantiles{slot}": scaler.quantiles_[:, slot] for slot in range(rows.shape[1])}
    return case(name, "quantile", scaler, rows, parameters, {"distribution": distribution.capitalize(), "numberOfQuantiles": count}, **more)


def power(name, rows, method="yeo-johnson", standardize=True, **more):
    scaler = PowerTransformer(method=method, standardize=standardize).fit(rows)
    parameters = {"Lambdas": scaler.lambdas_}
    if standardize:
        parameters |= {"Means": scaler._scaler.mean_, "Divisors": scaler._scaler.scale_}
    options = {"method": "BoxCox" if method == "box-cox" else "YeoJohnson", "standardize": standardize}
    return case(name, "power", scaler, rows, parameters, options, **more)


class Whitening:
    """scikit-learn's PCA(whiten=True), with signs as since version 1.5; and the same turned back (zero-phase)."""

    def __init__(self, rows, components, zero_phase):
        self.pca = PCA(n_components=components, whiten=True, svd_solver="full").fit(rows)
        largest = np.argmax(np.abs(self.pca.components_), axis=1)
        signs = np.sign(self.pca.components_[np.arange(len(largest)), largest])
        self.pca.components_ *= signs[:, np.newaxis]
        self.zero_phase = zero_phase

    def transform(self, rows):
        broken = np.isnan(rows).any(axis=1)
        result = self.pca.transform(np.where(np.isnan(rows), 0, rows))
        result = result @ self.pca.components_ if self.zero_phase else result
        result[broken] = math.nan
        return result

    def inverse_transform(self, rows):
        broken = np.isnan(rows).any(axis=1)
        rows = np.where(np.isnan(rows), 0, rows)
        result = self.pca.inverse_transform(rows @ self.pca.components_.T if self.zero_phase else rows)
        result[broken] = math.nan
        return result


def whitening(name, rows, components=None, zero_phase=False, **more):
    scaler = Whitening(rows[~np.isnan(rows).any(axis=1)], components, zero_phase)
    parameters = {
        "Means": scaler.pca.mean_, "Components": scaler.pca.components_.ravel(), "Variances": scaler.pca.explained_variance_,
        "ShareOfVariance": np.array([scaler.pca.explained_variance_ratio_.sum()]),
    }
    options = {"whiteningMethod": "ZeroPhase" if zero_phase else "PrincipalComponents"}
    if components is not None:
        options["shareOfVariance" if isinstance(components, float) else "numberOfComponents"] = components
    return case(name, "whitening", scaler, rows, parameters, options, **more)


def writable(value):
    if isinstance(value, np.ndarray):
        return [writable(item) for item in value.tolist()]
    if isinstance(value, list):
        return [writable(item) for item in value]
    if isinstance(value, dict):
        return {key: writable(item) for key, item in value.items()}
    return "NaN" if isinstance(value, float) and math.isnan(value) else value


tied = ties()
cases = [
    max_abs("plain", plain()),
    max_abs("gaps and a constant", with_gaps()),
    max_abs("mostly zero", single(mostly_zero()), item="Single"),
    robust("plain", plain()),
    robust("gaps and a constant", with_gaps()),
    robust("not centred, 10 % to 80 %", with_gaps(), center=False, low=0.1, high=0.8),
    robust("not scaled", plain(), scale=False),
    robust("unit variance", with_gaps(), low=0.05, high=0.9, unit=True),
    robust("mostly zero", single(mostly_zero()), item="Single"),
    robust("single", single(with_gaps()), item="Single"),
    smooth("smoothly clipped", plain()),
    smooth("smoothly clipped, gaps, a constant and mostly zero", gaps(mostly_zero())),
    smooth("smoothly clipped at 5, single", single(with_gaps()), limit=5.0, item="Single"),
    quantile("all values, uniform", plain(), "uniform"),
    quantile("all values, normal", plain(), "normal"),
    quantile("ten, gaps and a constant, uniform", with_gaps(), "uniform", count=10),
    quantile("ten, gaps and a constant, normal", with_gaps(), "normal", count=10),
    quantile("ties, uniform", tied, "uniform", count=100),
    quantile("ties, normal", tied, "normal", count=101),
    quantile("ties, all values, uniform", gaps(tied), "uniform"),
    quantile("one, uniform", plain(), "uniform", count=1),
    quantile("mostly zero, uniform", single(mostly_zero()), "uniform", item="Single"),
    quantile("single, normal", single(with_gaps()), "normal", count=30, item="Single"),
    power("Yeo-Johnson", two_sided()),
    power("Yeo-Johnson, not standardized", two_sided(), standardize=False),
    power("Yeo-Johnson, gaps", gaps(two_sided())),
    power("Yeo-Johnson, skewed", skewed()),
    power("Yeo-Johnson, single", single(gaps(two_sided())), item="Single"),
    power("Box-Cox", skewed(), method="box-cox"),
    power("Box-Cox, not standardized", skewed(), method="box-cox", standardize=False),
    power("Box-Cox, gaps, single", single(gaps(skewed())), method="box-cox", item="Single"),
    whitening("all components", correlated()),
    whitening("three components", correlated(), components=3),
    whitening("nine tenths of the variance", correlated(), components=0.9),
    whitening("zero-phase", correlated(), zero_phase=True),
    whitening("zero-phase, two components", correlated(), components=2, zero_phase=True),
    whitening("gaps", gaps(correlated(), 0.05)),
    whitening("single", single(gaps(correlated(), 0.05)), components=4, item="Single"),
]
lines = ",\n".join(json.dumps(writable(c), allow_nan=False, separators=(",", ":")) for c in cases)
pathlib.Path(__file__).with_name("further_scaling.json").write_text("[\n" + lines + "\n]\n")
