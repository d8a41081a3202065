"""One run of LightGBM on the table of measure-boosting-data.mjs: trains one model a loss, writes predictions, prints what it took.
python measure-boosting-lightgbm.py FOLDER ROWS TRAINED SEED ROUNDS COLUMNS CATEGORICAL GROUP"""
import json
import sys
import time

import lightgbm as lgb
import numpy as np

folder = sys.argv[1]
rows, trained, seed, rounds, columns, categorical, group = map(int, sys.argv[2:])
read = lambda name: np.fromfile(f"{folder}/{name}.f64")
x = np.ascontiguousarray(np.fromfile(f"{folder}/x.f32", np.float32).reshape(columns, rows).T)
params = dict(learning_rate=0.08, num_leaves=31, min_data_in_leaf=60, feature_fraction=0.6, bagging_fraction=0.8, bagging_freq=1,
              max_bin=63, num_threads=1, verbosity=-1, seed=seed, feature_pre_filter=False)


def timed(work):
    clock, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return answer, {"seconds": time.perf_counter() - clock, "cpu": time.process_time() - cpu}


losses = {
    "squared": ("demand", dict(objective="regression")),
    "quantile": ("demand", dict(objective="quantile", alpha=0.9)),
    "tweedie": ("demand", dict(objective="tweedie", tweedie_variance_power=1.5)),
    "logistic": ("bought", dict(objective="binary")),
    "lambdarank": ("relevance", dict(objective="lambdarank", lambdarank_truncation_level=10)),
}
results, bins = {}, []
for name, (target, objective) in losses.items():
    ranks = name == "lambdarank"
    more = dict(group=[group] * (trained // group)) if ranks else dict(weight=read("weight")[:trained])
    make = lambda: lgb.Dataset(x[:trained], read(target)[:trained], categorical_feature=[categorical], params=params, **more).construct()
    table, bin_time = timed(make)
    bins.append(bin_time)
    model, train = timed(lambda: lgb.train(params | objective, table, rounds))
    scores, predict = timed(lambda: [model.predict(x, num_threads=1) for _ in range(5)][-1])
    scores[trained:].astype(np.float64).tofile(f"{folder}/lightgbm-{name}.f64")
    results[name] = {"train": train, "predict": predict}
print(json.dumps({"bin": bins[0], "losses": results, "version": lgb.__version__}))
