import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs"
import { dense, denseWeights, layerNorm, normWeights } from "./dense-layer"
import type { NetArchitecture } from "./net-architecture"

const CHANNELS = 16
const BLOCKS = 2
/** Weighted sums of the periods that are read in the end. */
const READ = 3

/** Turns about mixing over time (one matrix for all channels) and over channels (one for all periods), each beside what it adds to.
 * @see Chen et al. (2023), TSMixer, arXiv:2303.06053; layer normalization in place of the batch's.
 */
export const tsMixerNet: NetArchitecture = {
  name: "tsmixer",
  width: READ * CHANNELS,
  weights: ({ context }, inputs) => [
    ...denseWeights("project", inputs, CHANNELS),
    ...Array.from({ length: BLOCKS }, (_, block) => [
      ...normWeights(`time_norm${block}`, CHANNELS),
      { name: `time${block}`, shape: [context, context], start: "glorot" as const },
      { name: `time${block}_bias`, shape: [context], start: { value: 0 } },
      ...normWeights(`channel_norm${block}`, CHANNELS),
      ...denseWeights(`widen${block}`, CHANNELS, 2 * CHANNELS),
      ...denseWeights(`narrow${block}`, 2 * CHANNELS, CHANNELS),
    ]).flat(),
    { name: "read", shape: [READ, context], start: "glorot" },
    { name: "read_bias", shape: [READ * CHANNELS], start: { value: 0 } },
  ],
  encode: ({ context }, past, weight) => {
    const [, size, inputs] = past.shape
    const rows = [context * size, CHANNELS] as [number, number]
    const columns = [context, size * CHANNELS] as [number, number]
    let x = dense(past.reshape([context * size, inputs]), "project", weight)
    for (let block = 0; block < BLOCKS; block++) {
      const before = layerNorm(x, `time_norm${block}`, weight).reshape<Tensor2D>(columns)
      const mixed = weight<Tensor2D>(`time${block}`).matMul(before).add(weight<Tensor1D>(`time${block}_bias`).reshape([context, 1])).relu()
      x = x.add(mixed.reshape(rows))
      const widened = dense(layerNorm(x, `channel_norm${block}`, weight), `widen${block}`, weight).relu<Tensor2D>()
      x = x.add(dense(widened, `narrow${block}`, weight))
    }
    const read = weight<Tensor2D>("read").matMul(x.reshape<Tensor2D>(columns)).reshape<Tensor3D>([READ, size, CHANNELS])
    return read.transpose([1, 0, 2]).reshape<Tensor2D>([size, READ * CHANNELS]).add(weight<Tensor1D>("read_bias"))
  },
}
