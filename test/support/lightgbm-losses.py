"""Held-out losses of LightGBM 4.7.0 on the rows of boosting-data.ts: the numbers that test/unit/domain/boosting/lightgbm.spec.ts compares with.
python3 -m venv venv && venv/bin/pip install lightgbm==4.7.0 numpy && venv/bin/python test/support/lightgbm-losses.py"""
import math

import lightgbm as lgb
import numpy as np


def mulberry32(seed):
    state = seed & 0xFFFFFFFF
    imul = lambda a, b: (a * b) & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = imul(state ^ (state >> 15), state | 1)
        mixed ^= (mixed + imul(mixed ^ (mixed >> 7), mixed | 61)) & 0xFFFFFFFF
        yield ((mixed ^ (mixed >> 14)) & 0xFFFFFFFF) / 4294967296


def data(rows, seed):
    random, out = mulberry32(seed), []
    for _ in range(rows):
        u = [next(random) for _ in range(14)]
        category, count, missing = math.floor(12 * u[7]), math.floor(5 * u[6] * u[6]), u[8] < 0.15
        mean = 0.5 + 2 * u[0] * u[0] + (1.5 if missing else u[1]) + (2 * u[3] if u[2] > 0.5 else 0) + ((category * 7) % 12) / 6 + 0.3 * count
        demand = 0 if u[9] < 0.2 else mean * (u[10] + u[11]) / 0.8
        out.append([u[0], np.nan if missing else u[1], u[2], u[3], u[4], u[5], count, category, demand, 1 if u[12] < mean / 8 else 0, min(4, math.floor(demand / 2)), 0.5 + u[13]])
    out = np.array(out)
    return out[:, :8].astype(np.float32), out[:, 8], out[:, 9], out[:, 10], out[:, 11]


def ndcg(score, relevance, at):
    values = []
    for s, r in zip(score.reshape(-1, 10), relevance.reshape(-1, 10)):
        discount = 1 / np.log2(2 + np.arange(at))
        best = ((2 ** np.sort(r)[::-1][:at] - 1) * discount).sum()
        values.append(1 if best == 0 else ((2 ** r[np.argsort(-s, kind="stable")][:at] - 1) * discount).sum() / best)
    return np.mean(values)


params = dict(learning_rate=0.08, num_leaves=15, min_data_in_leaf=20, max_bin=63, verbosity=-1, num_threads=1, feature_pre_filter=False, lambda_l2=1)
x, demand, bought, relevance, weight = data(4000, 1)
xt, demand_t, bought_t, relevance_t, weight_t = data(4000, 2)
mean = lambda v: np.average(v, weights=weight_t)
clip = lambda p: np.clip(p, 1e-15, 1 - 1e-15)
cases = {
    "squared": (dict(objective="regression"), demand, lambda p: mean((p - demand_t) ** 2)),
    "quantile 0.8": (dict(objective="quantile", alpha=0.8), demand, lambda p: mean(np.where(demand_t >= p, 0.8 * (demand_t - p), 0.2 * (p - demand_t)))),
    "quantile 0.3": (dict(objective="quantile", alpha=0.3), demand, lambda p: mean(np.where(demand_t >= p, 0.3 * (demand_t - p), 0.7 * (p - demand_t)))),
    "tweedie": (dict(objective="tweedie", tweedie_variance_power=1.5), demand, lambda p: mean(p**0.5 / 0.5 + demand_t * p**-0.5 / 0.5)),
    "logistic": (dict(objective="binary"), bought, lambda p: mean(-bought_t * np.log(clip(p)) - (1 - bought_t) * np.log(clip(1 - p)))),
    "lambdarank": (dict(objective="lambdarank", lambdarank_truncation_level=5), relevance, lambda p: ndcg(p, relevance_t, 5)),
}
for name, (objective, target, loss) in cases.items():
    ranks = name == "lambdarank"
    table = lgb.Dataset(x, target, weight=None if ranks else weight, group=[10] * 400 if ranks else None, categorical_feature=[7], params=params)
    print(name, loss(lgb.train(params | objective, table, 60).predict(xt)))
