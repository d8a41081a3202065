import type { Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs"
import type { Frequency } from "../../domain/demand/types"
import { dense, denseWeights, layerNorm, normWeights } from "./dense-layer"
import type { NetArchitecture, WeightOf } from "./net-architecture"

/** Periods a patch; they divide the context. */
const PATCH: Record<Frequency, number> = { day: 7, week: 4, month: 4 }
const WIDTH = 32
const HEADS = 2
const BLOCKS = 2

/** Attention of every token to all of its window: `softmax(Q·Kᵀ / √d)·V` a head.
 * @param x `[size × tokens, WIDTH]`, a window's tokens together.
 */
function attention(x: Tensor2D, size: number, tokens: number, block: number, weight: WeightOf): Tensor2D {
  const depth = WIDTH / HEADS
  const heads = (name: string) =>
    dense(x, `${name}${block}`, weight).reshape<Tensor4D>([size, tokens, HEADS, depth]).transpose<Tensor4D>([0, 2, 1, 3]).reshape<Tensor3D>([size * HEADS, tokens, depth])
  const scores = heads("query").matMul<Tensor3D>(heads("key"), false, true).div<Tensor3D>(Math.sqrt(depth)).softmax()
  const mixed = scores.matMul(heads("value")).reshape<Tensor4D>([size, HEADS, tokens, depth]).transpose([0, 2, 1, 3])
  return dense(mixed.reshape([size * tokens, WIDTH]), `out${block}`, weight)
}

/** A Transformer whose tokens are patches of the past (weeks of days, four weeks, four months) with learned places; the newest token is read.
 * @see Vaswani et al. (2017), Attention is all you need; Nie et al. (2023), PatchTST, ICLR, for the patches. Normalised before each part.
 */
export const patchTransformerNet: NetArchitecture = {
  name: "patch-transformer",
  width: WIDTH,
  weights: ({ context, frequency }, inputs) => [
    ...denseWeights("embed", PATCH[frequency] * inputs, WIDTH),
    { name: "place", shape: [context / PATCH[frequency], WIDTH], start: { deviation: 0.1 } },
    ...Array.from({ length: BLOCKS }, (_, block) => [
      ...normWeights(`attention_norm${block}`, WIDTH),
      ...["query", "key", "value", "out"].flatMap((name) => denseWeights(`${name}${block}`, WIDTH, WIDTH)),
      ...normWeights(`dense_norm${block}`, WIDTH),
      ...denseWeights(`widen${block}`, WIDTH, 2 * WIDTH),
      ...denseWeights(`narrow${block}`, 2 * WIDTH, WIDTH),
    ]).flat(),
    ...normWeights("last_norm", WIDTH),
  ],
  encode: ({ context, frequency }, past, weight) => {
    const [, size, inputs] = past.shape
    const patch = PATCH[frequency]
    const tokens = context / patch
    const patches = past.reshape<Tensor4D>([tokens, patch, size, inputs]).transpose([2, 0, 1, 3]).reshape<Tensor2D>([size * tokens, patch * inputs])
    let x = dense(patches, "embed", weight).reshape<Tensor3D>([size, tokens, WIDTH]).add(weight<Tensor2D>("place")).reshape<Tensor2D>([size * tokens, WIDTH])
    for (let block = 0; block < BLOCKS; block++) {
      x = x.add(attention(layerNorm(x, `attention_norm${block}`, weight), size, tokens, block, weight))
      const widened = dense(layerNorm(x, `dense_norm${block}`, weight), `widen${block}`, weight).relu<Tensor2D>()
      x = x.add(dense(widened, `narrow${block}`, weight))
    }
    const newest = x.reshape<Tensor3D>([size, tokens, WIDTH]).slice([0, tokens - 1, 0], [size, 1, WIDTH]).reshape<Tensor2D>([size, WIDTH])
    return layerNorm(newest, "last_norm", weight)
  },
}
