import { packTrees, unpackTrees, type BoostedTrees } from "../domain/boosting"
import { boostedModel } from "../domain/demand/boosted/boosted-model"
import type { BoostedDemand } from "../domain/demand/boosted/boosted-spec"
import type { LevelFactors } from "../domain/demand/calibrate-levels"
import { createEnsemble, type MemberWeights } from "../domain/demand/ensemble"
import { STATISTICAL_MODELS } from "../domain/demand/registry"
import type { DemandClass, DemandModel } from "../domain/demand/types"
import { ForesightError } from "../domain/errors"
import { packModel, unpackModel } from "../domain/model-bytes"
import type { LearntParts } from "./fit-ensemble"
import { packNets, unpackNets } from "./nets/net-bytes"
import { netModel } from "./nets/net-model"

/** What a demand version keeps: the shares of the members per class, the factors of their levels, and what was learnt. */
export interface TrainedDemand extends LearntParts {
  /** Periods ahead the version was chosen for. */
  horizon: number
  /** Periods of the sum that it forecasts directly. */
  sumPeriods: number
  weights: Record<DemandClass, MemberWeights>
  factors: LevelFactors | null
}

const KIND = "demand"
/** Of the JSON below; 1 was a model per class. */
const FORMAT = 2

/** What of the trees is JSON; the forests are arrays. */
type BoostedMeta = Omit<BoostedDemand, "forests" | "tails" | "counts"> & { tails: number[]; forests: number; counts: number }

interface DemandMeta extends Omit<TrainedDemand, "boosted" | "nets" | "factors"> {
  format: number
  factors: { periods: number[]; sums: { periods: number; factors: number[] }[] } | null
  boosted: BoostedMeta | null
  nets: unknown
}

/** A demand version as bytes: shares, factors and the shapes of nets and trees as JSON, weights and forests as arrays. */
export function packDemandModel({ boosted, nets, factors, ...rest }: TrainedDemand): Uint8Array {
  const { shapes, arrays } = packNets(nets.map((net) => ({ label: net.name, net })))
  // packed trees are a multiple of eight bytes long
  const packed = (kind: string, forests: readonly BoostedTrees[] = []) =>
    Object.fromEntries(forests.map((trees, index) => [`${kind}${index}`, new Int32Array(packTrees(trees).buffer)]))
  const meta: DemandMeta = {
    ...rest,
    format: FORMAT,
    factors: factors && { periods: [...factors.periods], sums: factors.sums.map(({ periods, factors: own }) => ({ periods, factors: [...own] })) },
    boosted: boosted && { spec: boosted.spec, levels: boosted.levels, tails: [...boosted.tails], forests: boosted.forests.length, counts: boosted.counts.length },
    nets: shapes,
  }
  return packModel(KIND, meta, { ...arrays, ...packed("forest", boosted?.forests), ...packed("count", boosted?.counts) })
}

/** The version that `packDemandModel()` wrote. @throws ForesightError `invalid_model` when the bytes hold something else, or what an earlier release wrote. */
export function unpackDemandModel(bytes: Uint8Array): TrainedDemand {
  const { meta, array } = unpackModel(KIND, bytes)
  const { format, horizon, sumPeriods, weights, factors, boosted, nets } = meta as DemandMeta
  if (format !== FORMAT) throw new ForesightError("invalid_model", `the demand model has format ${format ?? 1}; expected ${FORMAT}: train anew`)
  const forestsOf = (kind: string, count: number) => Array.from({ length: count }, (_, index) => unpackTrees(new Uint8Array(array(`${kind}${index}`, "i4").buffer)))
  return {
    horizon,
    sumPeriods,
    weights,
    factors: factors && {
      periods: Float64Array.from(factors.periods),
      sums: factors.sums.map(({ periods, factors: own }) => ({ periods, factors: Float64Array.from(own) })),
    },
    nets: unpackNets<string>(nets, array).map(({ label, net }) => ({ ...net, name: label })),
    boosted: boosted && {
      ...boosted,
      tails: Float64Array.from(boosted.tails),
      forests: forestsOf("forest", boosted.forests),
      counts: forestsOf("count", boosted.counts),
    },
  }
}

/** The version as one model. @throws ForesightError `invalid_model` where a member with a share is missing. */
export function servedEnsemble(name: string, { weights, factors, boosted, nets }: TrainedDemand): DemandModel {
  const learnt = [...(boosted ? [boostedModel(boosted)] : []), ...nets.map((net) => netModel(net.name, net))]
  return createEnsemble(name, [...learnt, ...STATISTICAL_MODELS], { weights, factors })
}
