import * as tf from "@tensorflow/tfjs"
import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import { startBackend } from "../../../../src/learning/backend"
import { lastLstmState, lastLstmStateByCoreOps } from "../../../../src/learning/lstm"
import { lastGruState } from "../../../../src/learning/nets/gru-net"

/** Small numbers that numpy makes just so: `((i·37 + 11) mod 29 − 14) / 20` for `i` from `start` on. */
function someNumbers<Shape extends tf.Tensor>(shape: number[], start: number): Shape {
  const size = shape.reduce((product, dimension) => product * dimension, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, (_, at) => ((((at + start) * 37 + 11) % 29) - 14) / 20),
    shape
  ) as Shape
}

const flat = (run: () => Tensor2D) => tf.tidy(() => Array.from(run().dataSync()))

/** Expected states come from numpy, in double precision: `sig = lambda x: 1 / (1 + exp(-x))`, three steps, two windows, two inputs, two units. */
describe("recurrent cells beside numpy", () => {
  beforeAll(() => startBackend("wasm"))

  // z = x@wx + h@wh + b; i, f, g, o = split(z, 4); c = sig(f)*c + sig(i)*tanh(g); h = sig(o)*tanh(c)
  it.each([
    ["fused kernels", lastLstmState],
    ["core operations", lastLstmStateByCoreOps],
  ])("LSTM by %s", (_, layer) => {
    const state = flat(() => layer(someNumbers<Tensor3D>([3, 2, 2], 0), someNumbers<Tensor2D>([2, 8], 5), someNumbers<Tensor2D>([2, 8], 9), someNumbers<Tensor1D>([8], 3)))
    const expected = [-0.2991551062737306, 0.023084885683350237, -0.11290345122016296, 0.09845696049381918]
    state.forEach((value, at) => expect(value).toBeCloseTo(expected[at] as number, 5))
  })

  // p = x@wx + b; q = h@wh; r, z = sig of the first two thirds of p + q; n = tanh(p[2:] + r*(q[2:] + c)); h = (1 - z)*n + z*h
  it("GRU", () => {
    const state = flat(() =>
      lastGruState(someNumbers<Tensor3D>([3, 2, 2], 0), someNumbers<Tensor2D>([2, 6], 5), someNumbers<Tensor2D>([2, 6], 9), someNumbers<Tensor1D>([6], 3), someNumbers<Tensor1D>([2], 1))
    )
    const expected = [-0.06401631279416342, 0.7060065065534804, -0.25367368260446077, 0.6150048531319682]
    state.forEach((value, at) => expect(value).toBeCloseTo(expected[at] as number, 5))
  })
})
