"""Ratios of the seven nets on made-up numbers, in double precision by numpy, one window at a time: what test/unit/learning/nets/net-forward.spec.ts compares with.
Written from the papers and docs/models/nets.md, with loops where the nets have products of whole batches.
python3 -m venv venv && venv/bin/pip install numpy && venv/bin/python test/support/net-forward.py"""
import numpy as np

CONTEXT, INPUTS, SIZE, FIXED, AHEAD, LEVELS = 28, 6, 2, 8, 3, 15


def numbers(shape, start):
    """((7i² + 37i + 11) mod 101 − 50) / (50√rows), i from `start` on: as the spec makes them."""
    i = np.arange(start, start + int(np.prod(shape)))
    return (((7 * i * i + 37 * i + 11) % 101 - 50) / 50 / np.sqrt(shape[0])).reshape(shape)


class Weights:
    """Each weight asked for is the next one of the net; its numbers begin at its place times 13."""

    def __init__(self):
        self.place = 0

    def __call__(self, *shape):
        self.place += 1
        return numbers(shape, 13 * self.place)

    def dense(self, inputs, outputs):
        w, b = self(inputs, outputs), self(outputs)
        return lambda x: x @ w + b

    def norm(self, width):
        gain, shift = self(width), self(width)
        return lambda x: (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5) * gain + shift


relu = lambda x: np.maximum(x, 0)
sigmoid = lambda x: 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def mlp(weights):
    first, second = weights.dense(CONTEXT * INPUTS, 64), weights.dense(64, 32)
    return lambda past: relu(second(relu(first(past.reshape(-1)))))


def n_hits(weights):
    blocks = []
    for pool in (7, 4, 1):
        pools = -(-CONTEXT // pool)
        hidden, said = weights.dense(pools * INPUTS, 32), weights.dense(32, 24)
        blocks.append((pool, hidden, said, weights.dense(32, pools) if pool > 1 else None))

    def encode(past):
        past, total = past.copy(), 0
        for pool, hidden, said, explained in blocks:
            means = past.reshape(-1, pool, INPUTS).mean(1)  # 7, 4 and 1 divide 28
            read = relu(hidden(means.reshape(-1)))
            if explained:
                past[:, 0] -= np.repeat(explained(read), pool)
            total = total + said(read)
        return total

    return encode


def ts_mixer(weights):
    project, blocks = weights.dense(INPUTS, 16), []
    for _ in range(2):
        time_norm, w, b = weights.norm(16), weights(CONTEXT, CONTEXT), weights(CONTEXT)
        blocks.append((time_norm, w, b, weights.norm(16), weights.dense(16, 32), weights.dense(32, 16)))
    read, bias = weights(3, CONTEXT), weights(48)

    def encode(past):
        x = project(past)
        for time_norm, w, b, channel_norm, widen, narrow in blocks:
            y = time_norm(x)
            x = x + np.stack([relu(w @ y[:, channel] + b) for channel in range(16)], 1)
            x = x + np.stack([narrow(relu(widen(row))) for row in channel_norm(x)])
        return (read @ x).reshape(-1) + bias

    return encode


def tcn(weights):
    project, dilations = weights.dense(INPUTS, 24), [1, 2, 4, 8]
    blocks = [(d, weights(72, 24).reshape(3, 24, 24), weights(24)) for d in dilations]

    def encode(past):
        x = np.vstack([np.zeros((2 * sum(dilations) + 1 - CONTEXT, 24)), project(past)])
        for d, w, b in blocks:
            at = lambda t: x[t] if t >= 0 else np.zeros(24)
            x = np.stack([x[t] + relu(at(t - 2 * d) @ w[0] + at(t - d) @ w[1] + at(t) @ w[2] + b) for t in range(len(x))])
        return x[-1]

    return encode


def lstm(weights):
    wx, wh, bi, bf, bo = weights(INPUTS, 128), weights(32, 128), weights(32), weights(32), weights(64)

    def encode(past):
        h = c = np.zeros(32)
        for x in past:
            i, f, g, o = np.split(x @ wx + h @ wh + np.concatenate([bi, bf, bo]), 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
        return h

    return encode


def gru(weights):
    wx, wh, b, bn = weights(INPUTS, 96), weights(32, 96), weights(96), weights(32)

    def encode(past):
        h = np.zeros(32)
        for x in past:
            (ir, iz, ic), (hr, hz, hc) = np.split(x @ wx + b, 3), np.split(h @ wh, 3)
            r, z = sigmoid(ir + hr), sigmoid(iz + hz)
            h = (1 - z) * np.tanh(ic + r * (hc + bn)) + z * h
        return h

    return encode


def patch_transformer(weights):
    embed, place, blocks = weights.dense(4 * INPUTS, 32), weights(7, 32), []
    for _ in range(2):
        blocks.append((weights.norm(32), *(weights.dense(32, 32) for _ in range(4)), weights.norm(32), weights.dense(32, 64), weights.dense(64, 32)))
    last = weights.norm(32)

    def encode(past):
        x = embed(past.reshape(7, 4 * INPUTS)) + place
        for norm, query, key, value, out, dense_norm, widen, narrow in blocks:
            y = norm(x)
            q, k, v = query(y), key(y), value(y)
            x = x + out(np.hstack([softmax(q[:, at] @ k[:, at].T / 4) @ v[:, at] for at in (slice(0, 16), slice(16, 32))]))
            x = x + narrow(relu(widen(dense_norm(x))))
        return last(x[-1])

    return encode


NETS = {"mlp": (mlp, 32), "n-hits": (n_hits, 24), "tsmixer": (ts_mixer, 48), "tcn": (tcn, 24), "lstm": (lstm, 32), "gru": (gru, 32), "patch-transformer": (patch_transformer, 32)}
PAST = numbers((CONTEXT, SIZE, INPUTS), 0) * np.sqrt(CONTEXT)
SERIES = numbers((SIZE, FIXED), 3) * np.sqrt(SIZE)
TARGETS = numbers((SIZE, 2, AHEAD), 5) * np.sqrt(SIZE)
for name, (architecture, width) in NETS.items():
    weights = Weights()
    encode = architecture(weights)
    embedding, by_series, by_ahead, bias = weights(2, 4), weights(width + FIXED + 4, 48), weights(AHEAD, 48), weights(48)
    lowest, steps, lowest_bias, steps_bias = weights(48, 1), weights(48, LEVELS - 1), weights(1), weights(LEVELS - 1)
    for row in range(SIZE):
        read = np.concatenate([encode(PAST[:, row]), SERIES[row], embedding[1 - row]])
        for target in TARGETS[row]:
            hidden = relu(read @ by_series + target @ by_ahead + bias)
            levels = np.cumsum(np.concatenate([hidden @ lowest + lowest_bias, np.log1p(np.exp(hidden @ steps + steps_bias))]))
            print(name, row, [round(float(levels[at]), 6) for at in (0, 7, 14)])
