import * as tf from "@tensorflow/tfjs"
import { startBackend } from "../../../../src/learning/backend"
import { initialWeights, netRatios, netTensors } from "../../../../src/learning/nets/net-decoder"
import type { NetBatch } from "../../../../src/learning/nets/net-inputs"
import type { NetName } from "../../../../src/learning/nets/net-names"
import type { NetSpec } from "../../../../src/learning/nets/net-spec"

/** Numbers that test/support/net-forward.py makes just so: `((7i² + 37i + 11) mod 101 − 50) / 50` for `i` from `start` on. */
const someNumbers = (size: number, start: number, scale = 1) => Float32Array.from({ length: size }, (_, at) => ((((7 * (at + start) ** 2 + 37 * (at + start) + 11) % 101) - 50) / 50) * scale)

const specOf = (name: NetName): NetSpec => ({
  ...{ name, frequency: "week", horizon: 2, context: 28, yearAgo: false, prices: false },
  windows: [{ from: 0, to: 1 }, { from: 0, to: 2 }],
  settings: { alpha: 0.1, ownSeason: null, floor: 0.05 },
  categorical: [{ name: null, values: ["a"] }],
  known: [{ name: "promotion", largest: 1 }],
})

const batch: NetBatch = {
  size: 2,
  past: someNumbers(28 * 2 * 6, 0),
  fixed: someNumbers(2 * 8, 3),
  categories: [Int32Array.of(1, 0)],
  ahead: someNumbers(2 * 2 * 3, 5),
  scale: new Float32Array(4).fill(1),
}

/** A weight's numbers begin at its place times 13, over the root of its first dimension. */
const weightsOf = (spec: NetSpec) =>
  netTensors(spec, initialWeights(spec, 1)).map(({ shape, size }, place) => tf.tensor(someNumbers(size, 13 * (place + 1), 1 / Math.sqrt(shape[0] ?? 1)), shape))

/** Two series, the next week and the next two together: the lowest level, the median and the highest each. */
const EXPECTED: Record<NetName, readonly number[]> = {
  mlp: [0.434995, 5.564038, 10.352914, 0.626809, 5.752438, 10.699952, 0.542255, 5.722991, 10.562426, 0.478911, 5.633603, 10.475251],
  "n-hits": [0.604643, 5.675328, 10.073024, 0.400047, 5.351766, 10.130502, 0.517616, 5.506317, 10.11325, 0.537442, 5.625702, 10.18168],
  tsmixer: [0.830329, 5.889569, 10.724098, 0.673459, 5.716311, 10.64497, 0.802392, 5.813812, 10.332945, 0.815122, 5.725692, 10.396769],
  tcn: [-0.854714, 4.20976, 9.671859, -0.795858, 4.382018, 9.372455, -0.930605, 4.258891, 9.488319, -0.879463, 4.19974, 9.39107],
  lstm: [0.999452, 6.042451, 11.08434, 0.898474, 5.843544, 10.821902, 0.885326, 5.81781, 10.700116, 0.766254, 5.866091, 10.89171],
  gru: [0.440532, 5.539009, 10.337983, 0.578479, 5.673618, 10.603407, 0.514408, 5.686959, 10.49652, 0.463147, 5.593124, 10.412785],
  "patch-transformer": [0.653262, 6.216389, 11.120321, 0.569549, 6.065704, 10.934096, 0.721854, 5.989, 10.821401, 0.723392, 6.103141, 10.866345],
}

describe("nets beside numpy, from the past to the levels", () => {
  beforeAll(() => startBackend("wasm"))

  it.each(Object.entries(EXPECTED) as [NetName, readonly number[]][])("%s", (name, expected) => {
    const levels = tf.tidy(() => Array.from(netRatios(specOf(name), weightsOf(specOf(name)), batch).dataSync()))
    expected.forEach((value, at) => expect(levels[Math.floor(at / 3) * 15 + (at % 3) * 7]).toBeCloseTo(value, 4))
  })
})
