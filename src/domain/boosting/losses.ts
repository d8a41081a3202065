import { LambdaRank } from "./lambdarank"
import type { Objective } from "./objective"
import type { BoostingLoss } from "./types"
import { weightedQuantile } from "./weighted-quantile"

/** @param weight Per row; `null`: 1 each.
 * @param groups LambdaRank: those of another table than the loss names.
 */
export function createObjective(loss: BoostingLoss, target: Float64Array, weight: Float64Array | null, groups?: Uint32Array): Objective {
  if (loss.kind === "lambdarank") return new LambdaRank(target, weight, groups ?? loss.groups, loss.truncation)
  const weightAt = weight === null ? () => 1 : (row: number) => weight[row] as number
  const average = (of: (row: number) => number) => (picked: Uint32Array) => {
    let sum = 0
    let weights = 0
    for (const row of picked) {
      sum += weightAt(row) * of(row)
      weights += weightAt(row)
    }
    return weights > 0 ? sum / weights : 0
  }
  const targetMean = average((row) => target[row] as number)
  const lossBy = (of: (score: number, wanted: number) => number) => (scores: Float64Array, picked: Uint32Array) =>
    average((row) => of(scores[row] as number, target[row] as number))(picked)
  switch (loss.kind) {
    case "squared":
      return {
        link: "identity",
        renewLevel: null,
        base: targetMean,
        loss: lossBy((score, wanted) => (score - wanted) ** 2),
        slopes(scores, picked, slopes) {
          for (const row of picked) {
            const w = weight === null ? 1 : (weight[row] as number)
            slopes[2 * row] = w * ((scores[row] as number) - (target[row] as number))
            slopes[2 * row + 1] = w
          }
        },
      }
    case "quantile": {
      const { level } = loss
      return {
        link: "identity",
        renewLevel: level,
        base: (picked) =>
          weightedQuantile(
            Float64Array.from(picked, (row) => target[row] as number),
            weight && Float64Array.from(picked, (row) => weight[row] as number),
            picked.length,
            level
          ),
        loss: lossBy((score, wanted) => (wanted >= score ? level * (wanted - score) : (1 - level) * (score - wanted))),
        slopes(scores, picked, slopes) {
          for (const row of picked) {
            const w = weight === null ? 1 : (weight[row] as number)
            slopes[2 * row] = (scores[row] as number) >= (target[row] as number) ? w * (1 - level) : -w * level
            slopes[2 * row + 1] = w
          }
        },
      }
    }
    case "tweedie": {
      const { power } = loss
      return {
        link: "log",
        renewLevel: null,
        base: (picked) => Math.log(Math.max(targetMean(picked), 1e-9)),
        // the deviance without what depends on the target alone
        loss: lossBy((score, wanted) => Math.exp((2 - power) * score) / (2 - power) - (wanted * Math.exp((1 - power) * score)) / (1 - power)),
        slopes(scores, picked, slopes) {
          for (const row of picked) {
            const w = weight === null ? 1 : (weight[row] as number)
            const score = scores[row] as number
            const falling = w * (target[row] as number) * Math.exp((1 - power) * score)
            const rising = w * Math.exp((2 - power) * score)
            slopes[2 * row] = rising - falling
            slopes[2 * row + 1] = (2 - power) * rising - (1 - power) * falling
          }
        },
      }
    }
    case "logistic":
      return {
        link: "logit",
        renewLevel: null,
        base(picked) {
          const share = Math.min(Math.max(targetMean(picked), 1e-9), 1 - 1e-9)
          return Math.log(share / (1 - share))
        },
        // log(1 + eˢ) − y·s, written so that no large s overflows
        loss: lossBy((score, wanted) => Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - wanted * score),
        slopes(scores, picked, slopes) {
          for (const row of picked) {
            const w = weight === null ? 1 : (weight[row] as number)
            const chance = 1 / (1 + Math.exp(-(scores[row] as number)))
            slopes[2 * row] = w * (chance - (target[row] as number))
            slopes[2 * row + 1] = w * chance * (1 - chance)
          }
        },
      }
  }
}
