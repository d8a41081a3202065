"""What independent implementations make of test/support/reference-series.ts and reference-panel.ts: the numbers that the specs of the members of test/unit/domain/demand compare with.
statsmodels, statsforecast, pandas, scipy, sklearn and cvxpy where they have the method, else numpy from the formulas of docs/models/statistical.md.
python3 -m venv venv && venv/bin/pip install statsmodels==0.15.0 statsforecast==2.1.1 scikit-learn==1.9.1 scipy==1.17.1 cvxpy && venv/bin/python test/support/member-references.py"""
import re
import warnings
from pathlib import Path

import cvxpy
import numpy as np
import pandas as pd
from scipy.stats import nbinom
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics.pairwise import cosine_similarity
from statsforecast import models
from statsmodels.tsa.holtwinters import SimpleExpSmoothing

warnings.filterwarnings("ignore")
show = lambda name, values: print(name, [round(float(value), 6) for value in np.ravel(values)])
source = Path(__file__).with_name("reference-series.ts").read_text()
SERIES = {name: np.array(eval(values), float) for name, values in re.findall(r"(\w+): (\[[^\]]*\])", source)}

# --- one series alone
ALPHAS = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8]


def smoothing(y):
    fits = [SimpleExpSmoothing(y, initialization_method="known", initial_level=y[:4].mean()).fit(smoothing_level=alpha, optimized=False) for alpha in ALPHAS]
    return min(fits, key=lambda fit: (fit.resid[4:] ** 2).sum()).forecast(1)[0]


for name, y in SERIES.items():
    if len(y) > 6:  # with fewer, α is 0.1
        show(f"exponential-smoothing {name}", smoothing(y))
    show(f"naive {name}", models.Naive().forecast(y, 2)["mean"])
    show(f"croston-sba {name}", models.CrostonSBA().forecast(y, 1)["mean"])
for name, y in SERIES.items():
    for model in (models.CrostonClassic(), models.TSB(0.1, 0.1), models.ADIDA(), models.IMAPA(), models.HistoricAverage()):
        show(f"{model} {name}", model.forecast(y, 1)["mean"])
    if len(y) >= 13:
        show(f"window-average {name}", models.WindowAverage(13).forecast(y, 1)["mean"])
        show(f"theta {name}", models.DynamicOptimizedTheta().forecast(y, 3)["mean"])
for name, season, model, damped in (("trend", 1, "ANN", None), ("smooth", 1, "AAN", False), ("trend", 1, "AAN", False), ("smooth", 1, "AAN", True), ("season", 4, "ANA", None), ("season", 4, "AAA", False)):
    show(f"ets {model} {damped} {name}", models.AutoETS(season_length=season, model=model, damped=damped).forecast(SERIES[name], 4)["mean"])
numbers = lambda i: (7 * i * i + 37 * i + 11) % 101
show("seasonal-naive", models.SeasonalNaive(52).forecast(numbers(np.arange(110)).astype(float), 54)["mean"][[0, 1, 25, 51, 52, 53]])

# --- the panel of weeks
ITEMS, WEEKS, HORIZON = 12, 60, 2
t = np.arange(WEEKS + 4)
PROMOTED = np.array([((t + item) % 7 == 0).astype(float) for item in range(ITEMS)])
UNITS, PRICE, CATEGORY = [], [], []
for item in range(ITEMS):
    week = np.arange(WEEKS)
    number = numbers(WEEKS * item + week)
    units = np.floor((2 + 3 * item) * (40 + number) * (1 + PROMOTED[item, :WEEKS]) / 101)
    if item % 2 == 1:
        units[number < 45] = 0
    if item >= 4:
        units[: 4 * (item - 3)] = np.nan
    units[(week + 3 * item) % 23 == 5] = np.nan
    UNITS.append(units)
    PRICE.append(10 + 6 * (item % 3) - np.where((item % 3 > 0) & (week >= 40), 2.0, 0))
    CATEGORY.append("b" if item < 6 and item % 2 == 1 else "a")
FIRST = [int(np.flatnonzero(~np.isnan(units))[0]) for units in UNITS]

# pooled-index: pandas' exponentially weighted mean; α by hand where too little is known to choose
short = [pd.Series(units[:13]).dropna().ewm(alpha=0.1, adjust=True).mean().iloc[-1] for units in UNITS[:4]]
show("pooled-index, 13 weeks", short)

# fading: Croston's level by statsforecast, as of every week
level = lambda y: models.CrostonClassic().forecast(y, 1)["mean"][0] if len(y) and (y > 0).any() else 0.0
BOUNDS = [0.5, 1.5, 2.5, 4, 6, 9, 14]


def silence(y):
    sales = np.flatnonzero(y > 0)
    if len(sales) < 2:
        return None
    return np.searchsorted(BOUNDS, (len(y) - 1 - sales[-1]) / max(1, (sales[-1] - sales[0]) / (len(sales) - 1)))


known = lambda item, week: UNITS[item][:week][~np.isnan(UNITS[item][:week])]
sold, said = np.full(8, 20.0), np.full(8, 20.0)
for item in range(ITEMS):
    for week in range(max(FIRST[item] + 6, WEEKS - 26), WEEKS):
        before = known(item, week)
        if silence(before) is None or np.isnan(UNITS[item][week]):
            continue
        sold[silence(before)] += UNITS[item][week]
        said[silence(before)] += level(before)
show("fading", [level(known(item, WEEKS)) * (sold / said)[silence(known(item, WEEKS))] for item in range(ITEMS)])

# borrowed: gamma–Poisson by moments
lenders = {}
for item in range(ITEMS):
    first = UNITS[item][FIRST[item] : FIRST[item] + 8]
    first = first[~np.isnan(first)]
    if FIRST[item] > 0 and len(first) >= 4:
        lenders[item] = dict(mean=first.mean(), phi=(first.var(ddof=1) - first.mean()) / first.mean() ** 2, n=len(first))


TITLES = [f"{['Red', 'Blue', 'Small red', 'Old'][item % 4]} {['mug', 'hat', 'lamp'][item % 3]}" for item in range(ITEMS)]  # as in test/support/reference-panel.ts
words = CountVectorizer(binary=True).fit_transform(TITLES).toarray()
weights = words * np.log(ITEMS / words.sum(axis=0))  # scikit-learn's idf has 1 more
cosines = cosine_similarity(weights)

table = pd.DataFrame(lenders).T
phi = np.clip(table.phi.sort_values().iloc[len(table) // 2], 0, 10)
drawn = lambda mean, values, weights, wider: (np.dot(values, weights) + wider * mean) / (np.sum(weights) + wider)
priors = []
for item in range(ITEMS):
    others = table.drop(index=item, errors="ignore")
    mean = others["mean"].mean()
    alike = others.loc[[one for one in others.index if CATEGORY[one] == CATEGORY[item]]]
    mean = drawn(mean, alike["mean"], np.ones(len(alike)), 10)
    near = alike.loc[[one for one in alike.index if 1 / 1.5 <= PRICE[one][-1] / PRICE[item][-1] <= 1.5]]
    mean = drawn(mean, near["mean"], np.ones(len(near)), 20)
    likeness = cosines[item, others.index] * (cosines[item, others.index] >= 0.1)
    priors.append(drawn(mean, others["mean"], likeness, 5))
priors = np.array(priors)
expected = priors[table.index]
spread = max(0.02, ((table["mean"] - expected) ** 2 - (table["mean"] + phi * table["mean"] ** 2) / table.n).sum() / (expected**2).sum())

means = []
for item in range(ITEMS):
    mean, between = priors[item], spread * priors[item] ** 2
    weight = (mean + phi * (mean**2 + between)) / between
    y = known(item, WEEKS)
    own = np.average(y, weights=0.9 ** np.arange(len(y))[::-1])
    means.append((weight * mean + len(y) * own) / (weight + len(y)))
show("borrowed", means)


# the regressions: features before `week`, written from the text of docs/models/statistical.md
def features(item, week, ahead):
    y = known(item, week)
    if not len(y):
        return None
    own = np.average(y, weights=0.9 ** np.arange(len(y))[::-1])
    over = lambda value: np.clip(value / own, -8, 8) if own > 1e-9 else 0
    lags = [over(y[max(0, len(y) - 1 - lag)]) for lag in range(6)]
    windows = [over(y[-window:].mean()) for window in (4, 13, 26)]
    sales = np.flatnonzero(y > 0)
    silent = len(y) - 1 - sales[-1] if len(sales) else len(y)
    price = PRICE[item][week - 1] / PRICE[item][:week].mean()
    promoted = np.mean([PROMOTED[item, week + one] for one in ahead])
    return own, [*lags, *windows, (y[-8:] <= 0).mean(), np.log1p(own), min(1, silent / 13), min(2, price), promoted]


def table(ahead):
    rows, target, weight = [], [], []
    for item in range(ITEMS):
        for week in range(FIRST[item] + 6, WEEKS - max(ahead)):
            units = UNITS[item][week + np.array(ahead)].mean()
            own, row = features(item, week, ahead)
            if np.isnan(units) or own < 1e-6:
                continue
            rows.append(row), target.append(min(20, units / own)), weight.append(own)
    return np.array(rows), np.array(target), np.array(weight)


for ahead in range(HORIZON):
    x, y, w = table([ahead])
    now = [features(item, WEEKS, [ahead]) for item in range(ITEMS)]
    levels, last = np.array([own for own, _ in now]), np.array([row for _, row in now])
    ridge = Ridge(alpha=1e-3 * w.sum()).fit(x, y, sample_weight=w)
    show(f"ridge, week {ahead + 1}", levels * np.maximum(0, ridge.predict(last)))
    sells = y > 0
    size = Ridge(alpha=1e-3 * w[sells].sum()).fit(x[sells], y[sells], sample_weight=w[sells])
    chance = LogisticRegression(C=1 / (1e-3 * len(y)), tol=1e-10, max_iter=10_000).fit(x, sells)
    show(f"hurdle, week {ahead + 1}", levels * np.maximum(0, size.predict(last)) * chance.predict_proba(last)[:, 1])
for name, ahead in (("week 1", [0]), ("both weeks", [0, 1])):
    x, y, w = table(ahead)
    now = [features(item, WEEKS, ahead) for item in range(ITEMS)]
    for level_of in (0.1, 0.5, 0.9):
        b, beta = cvxpy.Variable(), cvxpy.Variable(x.shape[1])
        error = y - b - x @ beta
        cvxpy.Problem(cvxpy.Minimize(w @ cvxpy.maximum(level_of * error, (level_of - 1) * error) + 0.5 * 1e-3 * w.sum() * cvxpy.sum_squares(beta))).solve()
        show(f"quantile-regression {level_of}, {name}", [own * len(ahead) * max(0, b.value + np.dot(row, beta.value)) for own, row in now])

# negative-binomial-smoothing: scipy's likelihood and quantiles
GRID = [(alpha, omega) for alpha in (0.02, 0.05, 0.1, 0.15, 0.25, 0.4) for omega in (1.05, 1.3, 1.8, 2.6, 4, 7, 12, 25, 60, 200)]


def smoothed(y, alpha):
    out = [y[:4].mean()]
    for value in y:
        out.append(out[-1] + alpha * (value - out[-1]))
    return np.array(out)


likelihoods = np.array([[nbinom.logpmf(y[4:], np.maximum(1e-3, smoothed(y, alpha)[4:-1]) / (omega - 1), 1 / omega).sum() for alpha, omega in GRID] for y in (known(item, WEEKS) for item in range(ITEMS))])
periods = np.array([len(known(item, WEEKS)) - 4 for item in range(ITEMS)])
order = sorted(range(ITEMS), key=lambda item: smoothed(known(item, WEEKS), 0.1)[-1])
levels, quantiles = np.zeros(ITEMS), [None] * ITEMS
for group in range(10):
    members = order[group * ITEMS // 10 : (group + 1) * ITEMS // 10]
    for item in members:
        alpha, omega = GRID[np.argmax(likelihoods[item] + 8 * likelihoods[members].sum(0) / periods[members].sum())]
        levels[item] = smoothed(known(item, WEEKS), alpha)[-1]
        variance = omega * levels[item] * (1 + (1 + alpha) ** 2)  # of both weeks together
        total = 2 * levels[item]
        quantiles[item] = nbinom.ppf([0.1, 0.5, 0.9], total**2 / (variance - total), total / variance)
show("negative-binomial-smoothing", levels)
show("negative-binomial-smoothing, both weeks", quantiles)

# willemain: a million futures, normal noise
random = np.random.default_rng(1)
for item in (1, 3, 5):
    y = known(item, WEEKS)
    states = y > 0
    chance = [(0.5 + (states[1:] & (states[:-1] == state)).sum()) / (1 + (states[:-1] == state).sum()) for state in (False, True)]
    state, total = np.full(1_000_000, states[-1]), 0
    for ahead in range(4):
        state = random.random(state.size) < np.where(state, chance[1], chance[0])
        size = random.choice(y[states], state.size)
        jittered = 1 + np.floor(size + np.sqrt(size) * random.standard_normal(state.size))
        total = total + np.where(state, np.where(jittered > 0, jittered, size), 0)
        if ahead in (0, 3):
            show(f"willemain item {item}, week {ahead + 1}: sells", state.mean())
    show(f"willemain item {item}, 4 weeks: mean, deviation, median, 0.9", [total.mean(), total.std(), *np.quantile(total, [0.5, 0.9])])

# --- the panel of months
MONTHS, YEAR, AHEAD = 42, 12, 3
month = np.arange(MONTHS)
y = np.array([4, 6, 8, 12, 16, 20, 24, 20, 14, 10, 8, 6])[month % 12] * 10.0 + month // 3 + numbers(month) % 7
ORIGIN = MONTHS


def factor(at):
    if at < YEAR + YEAR // 2:  # before the first known season: that of the next one
        return factor(at + YEAR)
    back = max(1, -(-(at - ORIGIN + 1) // YEAR))
    found = []
    while at - back * YEAR >= YEAR // 2:
        ago = at - back * YEAR
        end = min(ORIGIN, ago + YEAR // 2)
        found.append(y[ago] / y[max(0, end - YEAR) : end].mean())
        back += 1
    return np.clip(found, 0.1, 10).mean()


factors = np.array([factor(at) for at in range(ORIGIN + AHEAD)])
show("seasonal-smoothing", smoothing(y / factors[:ORIGIN]) * factors[ORIGIN:])
for alpha in (0.1, 0.05, 0.2, 0.3, 0.5):
    show(f"pooled-index, α {alpha}", pd.Series(y / factors[:ORIGIN]).ewm(alpha=alpha, adjust=True).mean().iloc[-1] * factors[ORIGIN:])
trended = models.AutoETS(model="AAN", damped=False)
show("holt-winters, months", trended.forecast(y / factors[:ORIGIN], AHEAD)["mean"] * factors[ORIGIN:])
for name in ("smooth", "trend", "falling"):
    show(f"holt-winters {name}", trended.forecast(SERIES[name], 2)["mean"])
