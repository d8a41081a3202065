import * as tf from "@tensorflow/tfjs"
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import { startBackend } from "../../../../src/learning/backend"
import { layerNorm } from "../../../../src/learning/nets/dense-layer"
import { poolingMatrix } from "../../../../src/learning/nets/n-hits-net"
import type { WeightOf } from "../../../../src/learning/nets/net-architecture"
import { initialWeights, netTensors } from "../../../../src/learning/nets/net-decoder"
import { netSpec } from "../../../../src/learning/nets/net-spec"
import { dilatedConvolution, dilationsFor } from "../../../../src/learning/nets/temporal-cnn-net"
import { smallPanel } from "../../../support/demand-panels"

const numbers = (run: () => Tensor) => tf.tidy(() => Array.from(run().dataSync()))

describe("layers of the nets", () => {
  beforeAll(() => startBackend("wasm"))

  // y_t = 1·x_{t−4} + 10·x_{t−2} + 100·x_t + 0.5 over 1, 2, 3, 4, 5, 6: t = 5: 1 + 30 + 500, t = 6: 2 + 40 + 600
  it("convolves over time, dilated", () => {
    const taps = () => dilatedConvolution(tf.tensor3d([1, 2, 3, 4, 5, 6], [6, 1, 1]), tf.tensor2d([[1], [10], [100]]), tf.tensor1d([0.5]), 2)
    expect(numbers(taps)).toEqual([531.5, 642.5])
  })

  // 1 + 2·(1 + 2 + 4 + 8) = 31 ≥ 28, 1 + 2·(1 + 2 + 4) = 15 is too short
  it("takes dilations that reach over the whole context", () => {
    expect(dilationsFor(28)).toEqual([1, 2, 4, 8])
    expect(dilationsFor(31)).toEqual([1, 2, 4, 8])
    expect(dilationsFor(32)).toEqual([1, 2, 4, 8, 16])
  })

  // the gradient of y_t to the three taps: 1, 10, 100, where they overlap their sum
  it("has the convolution's gradient", () => {
    const gradient = tf.tidy(() => {
      const w: Tensor2D = tf.tensor2d([[1], [10], [100]])
      const b: Tensor1D = tf.tensor1d([0])
      const x: Tensor = tf.tensor3d([1, 2, 3, 4, 5, 6], [6, 1, 1])
      return Array.from(tf.grad((one: Tensor) => dilatedConvolution(one as Tensor3D, w, b, 2).sum())(x).dataSync())
    })
    expect(gradient).toEqual([1, 1, 10, 10, 100, 100])
  })

  // five periods in pools of two, from the newest back: [0], [1, 2], [3, 4]
  it("pools whole from the newest period back", () => {
    expect([...poolingMatrix(5, 2)]).toEqual([1, 0, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0, 0.5, 0.5])
  })

  // numpy: (x − x.mean(-1)) / sqrt(x.var(-1) + 1e-5), then · 2 + 1
  it("normalises rows", () => {
    const weight: WeightOf = <Shape extends Tensor>(name: string) => tf.tensor1d(new Array<number>(3).fill(name === "n_gain" ? 2 : 1)) as Tensor as Shape
    const rows = numbers(() => layerNorm(tf.tensor2d([[1, 2, 6], [0, 0, 3]]), "n", weight))
    const normalised = [-0.9258191078240388, -0.4629095539120194, 1.3887286617360581, -0.7071050134262237, -0.7071050134262237, 1.4142100268524473]
    rows.forEach((value, at) => expect(value).toBeCloseTo(2 * (normalised[at] as number) + 1, 4))
  })

  it("names the weight whose numbers do not fit", () => {
    const spec = netSpec("mlp", smallPanel(), 50, 2, [])
    const [, ...others] = initialWeights(spec, 1)
    expect(() => netTensors(spec, [new Float32Array(3), ...others])).toThrow("the net's weight first has 3 numbers; expected")
  })
})
