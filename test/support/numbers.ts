import { createRandom } from "../../src/domain/random"

/** Numbers between −0.5 and 0.5 that fill `shape`, the same for the same seed. */
export function numbers(shape: number[], seed: number): number[] {
  const random = createRandom(seed)
  return Array.from({ length: shape.reduce((product, dimension) => product * dimension, 1) }, () => random() - 0.5)
}
