import { createRandom } from "../random"

/** `wanted` of the indexes below `count`, ascending: one from each of `wanted` equal stretches, at a place left to chance. A fixed step would fall on the same
 * location again and again, as panels are sorted by item and then by location. The same for the same arguments. */
export function sampleIndexes(count: number, wanted: number, seed = 1): number[] {
  if (count <= wanted) return Array.from({ length: count }, (_, index) => index)
  const random = createRandom(seed)
  return Array.from({ length: wanted }, (_, stretch) => {
    const [from, to] = [Math.floor((stretch * count) / wanted), Math.floor(((stretch + 1) * count) / wanted)]
    return from + Math.floor(random() * (to - from))
  })
}
