import * as tf from "@tensorflow/tfjs"
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import { createRandom } from "../../../src/domain/random"
import { startBackend } from "../../../src/learning/backend"
import { lastLstmState, lastLstmStateByCoreOps } from "../../../src/learning/lstm"
import { initialWeights, netLoss, netTensors } from "../../../src/learning/nets/net-decoder"
import { NetInputs } from "../../../src/learning/nets/net-inputs"
import { NET_NAMES } from "../../../src/learning/nets/net-names"
import { netSpec } from "../../../src/learning/nets/net-spec"
import { TrainingWindows } from "../../../src/learning/nets/training-windows"
import { smallPanel } from "../../support/demand-panels"
import { numbers } from "../../support/numbers"

/** Runs `compute` on plain cpu with core operations and on the trained-on backend, and gives the largest difference of any output. */
async function largestDifference(compute: (backend: string) => Tensor[]): Promise<number> {
  const results: number[][] = []
  for (const backend of ["cpu", trained]) {
    await tf.setBackend(backend)
    results.push(tf.tidy(() => compute(backend).flatMap((tensor) => Array.from(tensor.dataSync()))))
  }
  const [expected, actual] = results as [number[], number[]]
  expect(actual).toHaveLength(expected.length)
  return Math.max(...expected.map((value, index) => Math.abs(value - (actual[index] as number))))
}

let trained = ""
beforeAll(async () => {
  await startBackend()
  trained = tf.getBackend()
})

const CASES: { name: string; a: number[]; b: number[]; transposeA: boolean; transposeB: boolean }[] = [
  { name: "matrix · matrix", a: [5, 7], b: [7, 3], transposeA: false, transposeB: false },
  { name: "matrixᵀ · matrix", a: [7, 5], b: [7, 3], transposeA: true, transposeB: false },
  { name: "matrix · matrixᵀ", a: [5, 7], b: [3, 7], transposeA: false, transposeB: true },
  { name: "matrixᵀ · matrixᵀ", a: [7, 5], b: [3, 7], transposeA: true, transposeB: true },
  { name: "batch · batch", a: [4, 5, 7], b: [4, 7, 3], transposeA: false, transposeB: false },
  { name: "batchᵀ · batchᵀ", a: [4, 7, 5], b: [4, 3, 7], transposeA: true, transposeB: true },
  { name: "batch · one matrix", a: [4, 5, 7], b: [1, 7, 3], transposeA: false, transposeB: false },
  { name: "one matrix · batch", a: [1, 5, 7], b: [4, 7, 3], transposeA: false, transposeB: false },
]

describe("the backend that trains, beside plain cpu", () => {
  it.each(CASES)("multiplies $name", async ({ a, b, transposeA, transposeB }) => {
    const difference = await largestDifference(() => [
      tf.matMul(tf.tensor(numbers(a, 1), a), tf.tensor(numbers(b, 2), b), transposeA, transposeB),
    ])
    expect(difference).toBeLessThan(1e-5)
  })

  it.each([0, 1, 2])("splits along axis %i", async (axis) => {
    const difference = await largestDifference(() => tf.split(tf.tensor(numbers([4, 6, 8], 3), [4, 6, 8]), 2, axis))
    expect(difference).toBe(0)
  })

  it("compares with a broadcast axis", async () => {
    const x = [1, 5, 5, 2, 9, 3]
    const difference = await largestDifference(() => [
      tf.grad((t: Tensor) => t.max(1))(tf.tensor(x, [2, 3])),
      tf.equal(tf.tensor(x, [2, 3]), tf.tensor([5, 9], [2, 1])).toFloat(),
    ])
    expect(difference).toBe(0)
  })

  // Row 1 is gathered twice: its gradient is the sum of both upstream rows, [10 + 30, 20 + 40]; row 0 is never gathered.
  it("adds the gradients of an embedding's rows", async () => {
    await tf.setBackend(trained)
    const gradient = tf.tidy(() => {
      const table: Tensor2D = tf.tensor2d([[1, 2], [3, 4], [5, 6]])
      const upstream = tf.tensor2d([[10, 20], [30, 40], [1, 1]])
      return Array.from(tf.grad((t: Tensor) => t.gather([1, 1, 2]).mul(upstream).sum())(table).dataSync())
    })
    expect(gradient).toEqual([0, 0, 40, 60, 1, 1])
  })

  it("has the LSTM's state and all its gradients within 1e-5 of cpu's core operations", async () => {
    const [steps, batch, features, units] = [9, 6, 5, 7]
    const difference = await largestDifference((backend) => {
      const x: Tensor3D = tf.tensor3d(numbers([steps, batch, features], 4), [steps, batch, features])
      const wx = tf.tensor2d(numbers([features, 4 * units], 5), [features, 4 * units])
      const wh = tf.tensor2d(numbers([units, 4 * units], 6), [units, 4 * units])
      const b = tf.tensor1d(numbers([4 * units], 7))
      const upstream = tf.tensor2d(numbers([batch, units], 8), [batch, units])
      const layer = backend === "cpu" ? lastLstmStateByCoreOps : lastLstmState
      const { value, grads } = tf.valueAndGrads((...weights: Tensor[]) => {
        const [weightsX, weightsH, bias] = weights as [Tensor2D, Tensor2D, Tensor]
        return layer(x, weightsX, weightsH, bias).mul(upstream).sum()
      })([wx, wh, b])
      return [value, ...grads]
    })
    expect(difference).toBeLessThan(1e-5)
  })

  it.each(NET_NAMES)("has the loss of %s and the gradients of all its weights within 1e-4 of cpu", async (name) => {
    const panel = smallPanel()
    const spec = netSpec(name, panel, 60, 3, [2])
    const inputs = new NetInputs(panel, spec)
    const windows = new TrainingWindows(panel, spec, inputs, 60)
    const { series, origins } = windows.draw(16, createRandom(9))
    const batch = inputs.batch(series, origins)
    const targets = { ratios: batch.scale.map((_, at) => 0.5 + (at % 7) / 4), weights: batch.scale.map(() => 1) }
    const difference = await largestDifference(() => {
      const weights = netTensors(spec, initialWeights(spec, 3))
      const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => netLoss(spec, tensors, batch, targets))(weights)
      return [value, ...grads]
    })
    expect(difference).toBeLessThan(1e-4)
  })

  it("leaves no tensor behind", async () => {
    await tf.setBackend(trained)
    const step = () =>
      tf.tidy(() => {
        const x: Tensor3D = tf.tensor3d(numbers([4, 3, 2], 1), [4, 3, 2])
        const wx = tf.tensor2d(numbers([2, 20], 2), [2, 20])
        const wh = tf.tensor2d(numbers([5, 20], 3), [5, 20])
        tf.valueAndGrads((...w: Tensor[]) => lastLstmState(x, w[0] as Tensor2D, w[1] as Tensor2D, tf.zeros([20])).sum())([wx, wh])
        tf.matMul(tf.ones([2, 3, 4]), tf.ones([2, 5, 4]), false, true)
      })
    step()
    const before = { tensors: tf.memory().numTensors, buffers: tf.backend().numDataIds() }
    step()
    expect({ tensors: tf.memory().numTensors, buffers: tf.backend().numDataIds() }).toEqual(before)
  })
})
