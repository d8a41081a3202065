import * as tf from "@tensorflow/tfjs"
import { Adam } from "../../../src/learning/adam"
import { startBackend } from "../../../src/learning/backend"

const values = (tensors: tf.Tensor[]) => tensors.flatMap((tensor) => Array.from(tensor.dataSync()))

describe("Adam", () => {
  beforeAll(() => startBackend("wasm"))

  // Step 1: m̂ = g, v̂ = g², so each weight moves by the learning rate against the sign of its gradient, whatever its size.
  it("moves every weight by the learning rate in the first step", () => {
    const weights = [tf.tensor1d([1, 1]), tf.scalar(2)]
    const moved = new Adam(weights).apply(weights, [tf.tensor1d([0.3, -0.001]), tf.scalar(0.1)], 0.01, 1)
    expect(values(moved)[0]).toBeCloseTo(0.99, 5)
    expect(values(moved)[1]).toBeCloseTo(1.01, 5)
    expect(values(moved)[2]).toBeCloseTo(1.99, 5)
  })

  // g = 0.5 then 0.25: m = 0.9·0.05 + 0.025 = 0.07, m̂ = 0.07 / (1 − 0.81) = 0.368421; v = 0.999·0.00025 + 0.0000625 = 0.00031225,
  // v̂ = 0.00031225 / (1 − 0.998001) = 0.156203; the step is 0.1 · 0.368421 / √0.156203 = 0.0932175 after a first one of 0.1.
  it("follows the recursion in the second", () => {
    const start = [tf.scalar(1)]
    const adam = new Adam(start)
    const first = adam.apply(start, [tf.scalar(0.5)], 0.1, 10)
    expect(values(adam.apply(first, [tf.scalar(0.25)], 0.1, 10))[0]).toBeCloseTo(1 - 0.1 - 0.0932175, 5)
  })

  // The common norm of (30, 40) is 50; scaled to 1 the first is 0.6. Then 0.3: m = 0.9·0.06 + 0.03 = 0.084, m̂ = 0.084 / 0.19 = 0.442105;
  // v = 0.999·0.00036 + 0.00009 = 0.00044964, v̂ = 0.00044964 / 0.001999 = 0.224932; the step is 0.1 · 0.442105 / √0.224932 = 0.0932179 (unscaled: 0.0677).
  it("scales gradients down together where their norm is too large", () => {
    const start = [tf.scalar(0), tf.scalar(0)]
    const adam = new Adam(start)
    const first = adam.apply(start, [tf.scalar(30), tf.scalar(40)], 0.1, 1)
    expect(values(adam.apply(first, [tf.scalar(0.3), tf.scalar(0.4)], 0.1, 1))[0]).toBeCloseTo(-0.1 - 0.0932179, 5)
  })

  it("keeps no tensors but its state and the weights", () => {
    const start = [tf.tensor1d([1, 2])]
    const adam = new Adam(start)
    const gradient = tf.tensor1d([0.1, 0.2])
    let weights = adam.apply(start, [gradient], 0.1, 1)
    const before = tf.memory().numTensors
    weights = adam.apply(weights, [gradient], 0.1, 1)
    expect(tf.memory().numTensors).toBe(before)
    tf.dispose([weights, gradient])
    adam.dispose()
    expect(tf.memory().numTensors).toBe(before - 4)
  })
})
