import { createMixture, DEMAND_CLASSES, STATISTICAL_MODELS, withEveryClass } from "../domain/demand"
import type { DemandBacktest, DemandModel } from "../domain/demand"
import { packTrees, unpackTrees, type BoostedTrees } from "../domain/boosting"
import { boostedModel, BOOSTED_MODEL } from "../domain/demand/boosted/boosted-model"
import type { BoostedDemand } from "../domain/demand/boosted/boosted-spec"
import { forEachClass } from "../domain/demand/class-of"
import { createEnsemble } from "../domain/demand/ensemble"
import { exponentialSmoothing } from "../domain/demand/exponential-smoothing"
import { inWholeUnits } from "../domain/demand/in-whole-units"
import { rememberForecasts } from "../domain/demand/remember-forecasts"
import { USUAL_WEIGHTS_WITHOUT_NET } from "../domain/demand/usual-weights"
import { ForesightError } from "../domain/errors"
import { packModel, unpackModel } from "../domain/model-bytes"
import { blendDemandModels } from "./demand-blend"
import { DemandNet } from "./demand-net"
import type { DemandNetSpec } from "./demand-net-spec"

/** What a demand version keeps: which model serves which class, and the net's weights where a class uses it. */
export interface TrainedDemand {
  /** Periods ahead the version was chosen for. */
  horizon: number
  choice: DemandBacktest["choice"]
  net: DemandNet | null
  /** The trees, where a class uses them; versions of before the trees have none. */
  boosted?: BoostedDemand | null
}

/** The static choice where there are trees. */
export const BOOSTED_AVERAGE = `${BOOSTED_MODEL} + smoothing`
const NET_AVERAGE = "lstm + exponential-smoothing"

const KIND = "demand"

/** What of the trees is JSON; the forests are arrays. Versions of before the counting have no `counts`. */
type BoostedMeta = Omit<BoostedDemand, "forests" | "tails" | "counts"> & { tails: number[]; forests: number; counts?: number }

/** The JSON of a version; those of before the trees have no `boosted`. */
interface DemandMeta {
  horizon: number
  choice: DemandBacktest["choice"]
  net: DemandNetSpec | null
  boosted?: BoostedMeta | null
}

/** A demand version as bytes: the choice and the shapes of net and trees as JSON, weights and forests as arrays. */
export function packDemandModel({ horizon, choice, net, boosted = null }: TrainedDemand): Uint8Array {
  const weights = Object.fromEntries((net?.weights ?? []).map((values, index) => [`weight${index}`, values]))
  // packed trees are a multiple of eight bytes long
  const packed = (kind: string, forests: readonly BoostedTrees[] = []) =>
    Object.fromEntries(forests.map((trees, index) => [`${kind}${index}`, new Int32Array(packTrees(trees).buffer)]))
  const shape: BoostedMeta | null = boosted && { spec: boosted.spec, levels: boosted.levels, tails: [...boosted.tails], forests: boosted.forests.length, counts: boosted.counts.length }
  return packModel(KIND, { horizon, choice, net: net?.spec ?? null, boosted: shape }, { ...weights, ...packed("forest", boosted?.forests), ...packed("count", boosted?.counts) })
}

/** The version that `packDemandModel()` wrote, also by a release without trees. @throws ForesightError `invalid_model` when the bytes hold something else. */
export function unpackDemandModel(bytes: Uint8Array): TrainedDemand {
  const { meta, names, array } = unpackModel(KIND, bytes)
  const { horizon, choice, net, boosted } = meta as DemandMeta
  // Versions older than the class "dying" have none for it.
  const missing = DEMAND_CLASSES.filter((demandClass) => demandClass !== "dying" && !choice[demandClass])
  if (missing.length > 0) throw new ForesightError("invalid_model", `the demand model has no choice for ${missing.join(", ")}; expected one for every class`)
  const weights = names.filter((name) => name.startsWith("weight")).map((name) => array(name, "f4"))
  const forestsOf = (kind: string, count = 0) => Array.from({ length: count }, (_, index) => unpackTrees(new Uint8Array(array(`${kind}${index}`, "i4").buffer)))
  return {
    horizon,
    choice: withEveryClass(choice),
    net: net ? new DemandNet(net, weights) : null,
    boosted: boosted
      ? {
          ...boosted,
          tails: Float64Array.from(boosted.tails),
          forests: forestsOf("forest", boosted.forests),
          counts: forestsOf("count", boosted.counts),
        }
      : null,
  }
}

/** Statistical models that are parts of averages: what they forecast is computed once. */
const SHARED: readonly string[] = [...Object.keys(USUAL_WEIGHTS_WITHOUT_NET), exponentialSmoothing.name]

/** All that a class may choose from: the statistical models; where a net was fitted, the net and its average with exponential smoothing; where trees were,
 * the trees and their usual average with smoothing. Parts of averages remember their last forecasts, see `rememberForecasts()`. */
export function demandCandidates(net: DemandNet | null, boosted: DemandModel | null = null): readonly DemandModel[] {
  const statistical = STATISTICAL_MODELS.map((model) => (SHARED.includes(model.name) ? rememberForecasts(model) : model))
  const models = [...statistical]
  if (net) {
    const lstm = rememberForecasts(net)
    const smoothing = statistical.find(({ name }) => name === exponentialSmoothing.name) ?? exponentialSmoothing
    models.push(lstm, blendDemandModels(NET_AVERAGE, [lstm, smoothing]))
  }
  if (boosted) {
    const trees = rememberForecasts(boosted)
    const weights = forEachClass(() => USUAL_WEIGHTS_WITHOUT_NET)
    models.push(inWholeUnits(trees), createEnsemble(BOOSTED_AVERAGE, [trees, ...statistical], { weights, factors: null }))
  }
  return models
}

/** What the choice needs besides the statistical models. */
export function partsOf({ choice }: Pick<TrainedDemand, "choice">): { net: boolean; boosted: boolean } {
  const chosen = DEMAND_CLASSES.map((demandClass) => choice[demandClass].model)
  const boosted: readonly string[] = [BOOSTED_MODEL, BOOSTED_AVERAGE]
  const statistical: readonly string[] = STATISTICAL_MODELS.map(({ name }) => name)
  return { boosted: chosen.some((name) => boosted.includes(name)), net: chosen.some((name) => !boosted.includes(name) && !statistical.includes(name)) }
}

/** The version as one model: each series by the model chosen for its class. @param models Stand in for the version's own candidates when given. */
export function servedMixture(name: string, version: TrainedDemand, models = demandCandidates(version.net, version.boosted ? boostedModel(version.boosted) : null)): DemandModel {
  return createMixture(name, models, version.choice)
}
