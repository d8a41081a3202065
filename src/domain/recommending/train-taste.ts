import { ForesightError } from "../errors"
import { easeItemLimit } from "./ease"
import { evaluateRanking } from "./evaluate"
import { fitTaste } from "./fit-taste"
import { POPULAR_HALF_LIFE_DAYS, popularLately } from "./popular-lately"
import { decideRanking } from "./ranking-gate"
import { invertSymmetric, squareMatrix } from "./symmetric-inverse"
import { tasteCases } from "./taste-cases"
import type { TasteCase } from "./taste-cases"
import { addTasteScores, historyWeights, loadTasteModel, tasteModelBytes } from "./taste-model"
import type { TasteModel, TasteRecipe } from "./taste-model"
import type { TimeSplit } from "./time-split"
import { splitByTime } from "./time-split"
import { stage } from "./training-run"
import type { RecommenderResult, RecommenderTraining } from "./training-run"
import type { InteractionTable, RankingMetrics } from "./types"

const TUNING_ITEMS = 1000
const TUNING_CASES = 1000
const TEST_CASES = 5000
/** Share of the time budget for each of the at most three whole EASE fits. */
const FIT_SHARE = 0.25
const PROBE_SIZE = 512

const START: TasteRecipe = { algorithm: "ease", lambda: 30, halfLifeDays: null, shrinkage: 3, stepDecay: 0.8, repeatWeight: 0 }

/**
 * Trains the recommender of known people: tunes on the time between the 0.8 and 0.9 time quantiles, refits on all before the 0.9 quantile,
 * measures after it, then fits on everything.
 * The version in service is measured by its recipe, refitted on the same days: its bytes may already know the held-out ones.
 * @throws ForesightError `invalid_interactions` (too little to split), `invalid_model` (bytes in service), `canceled`.
 */
export async function trainTaste(table: InteractionTable, training: RecommenderTraining): Promise<RecommenderResult> {
  const { now } = training
  const started = now()
  const split = splitByTime(table)
  const served = training.serving ? loadTasteModel(training.serving).recipe : null
  const flopsPerSecond = await measureSpeed(now)
  const timeBudgetSeconds = training.timeBudgetSeconds * FIT_SHARE
  const easeItems = easeItemLimit({ memoryBudgetBytes: training.memoryBudgetBytes, timeBudgetSeconds, flopsPerSecond })

  const recipe = await tune(table, split, Math.min(TUNING_ITEMS, easeItems), training)
  const test = await measureTest(table, split, { recipe, served, easeItems }, training)
  const onFit = stage(training, "fitting on all days")
  await onFit(0, 1)
  const model = await fitTaste(table, { recipe, easeItems, onStep: onFit })
  await onFit(1, 1)
  const candidate = test.models.candidate!
  const baselines: Record<string, number> & { popular_lately: number } = { popular_lately: test.models.popular_lately!.ndcg10 }
  for (const name of ["item_knn", "serving"]) if (test.models[name]) baselines[name] = test.models[name].ndcg10
  return {
    task: "train",
    bytes: tasteModelBytes(model),
    algorithm: recipe.algorithm,
    parameters: {
      ...recipe,
      easeItems: model.learned.reduce((sum, one) => sum + one, 0),
      items: table.items.length,
      flopsPerSecond: Math.round(flopsPerSecond),
    },
    backtest: {
      validationFrom: instant(split.validationFrom),
      testFrom: instant(split.testFrom),
      models: test.models,
      served: candidate,
      choice: recipe.algorithm,
    },
    gate: decideRanking({ value: candidate.ndcg10, baselines, cases: candidate.users }),
    seconds: now() - started,
    lossCurve: [],
  }
}

/** One coordinate after the other, the best kept; the weights of a history cost no fit and are tried last. */
async function tune(table: InteractionTable, split: TimeSplit, easeItems: number, training: RecommenderTraining): Promise<TasteRecipe> {
  const cases = tasteCases(table, { split: split.validation, end: split.test, repeats: true, limit: TUNING_CASES })
  let best = { recipe: START, value: -1 }
  let model: TasteModel | null = null
  let tried = 0
  const fits: ((recipe: TasteRecipe) => TasteRecipe)[] = [
    (recipe) => ({ ...recipe, algorithm: "item_knn" }),
    ...[5, 30, 150, 600, 2400].map((lambda) => (recipe: TasteRecipe): TasteRecipe => ({ ...recipe, algorithm: "ease", lambda })),
    ...[365, 90].map((halfLifeDays) => (recipe: TasteRecipe) => ({ ...recipe, halfLifeDays })),
  ]
  const weights: ((recipe: TasteRecipe) => TasteRecipe)[] = [
    ...[0.6, 0.95].map((stepDecay) => (recipe: TasteRecipe) => ({ ...recipe, stepDecay })),
    ...[0.1, 0.3, 1].map((repeatWeight) => (recipe: TasteRecipe) => ({ ...recipe, repeatWeight })),
  ]
  const steps = fits.length + weights.length
  for (const change of fits) {
    const onStep = stage(training, "tuning", tried++, steps)
    await onStep(0, 1)
    const recipe = change(best.recipe)
    const fitted = await fitTaste(table, { rows: split.validation, recipe, easeItems, onStep })
    const { ndcg10 } = await measure(table, cases, tasteScorer(fitted), training)
    if (ndcg10 > best.value) {
      best = { recipe, value: ndcg10 }
      model = fitted
    }
  }
  for (const change of weights) {
    await stage(training, "tuning", tried++, steps)(0, 1)
    const recipe = change(best.recipe)
    const { ndcg10 } = await measure(table, cases, tasteScorer({ ...model!, recipe }), training)
    if (ndcg10 > best.value) best = { recipe, value: ndcg10 }
  }
  return best.recipe
}

/** Everything fitted before the test time and measured in it; `…_new_items` wants only what the person did not have. */
async function measureTest(
  table: InteractionTable,
  { test: split, testFrom }: TimeSplit,
  { recipe, served, easeItems }: { recipe: TasteRecipe; served: TasteRecipe | null; easeItems: number },
  training: RecommenderTraining
): Promise<{ models: Record<string, RankingMetrics> }> {
  const onTask = (task: number) => stage(training, "testing", task, 3)
  await onTask(0)(0, 1)
  const end = table.item.length
  const all = tasteCases(table, { split, end, repeats: true, limit: TEST_CASES })
  const fresh = tasteCases(table, { split, end, repeats: false, limit: TEST_CASES })
  const popular = popularLately(table, { rows: split, at: testFrom, halfLifeDays: POPULAR_HALF_LIFE_DAYS })
  const byPopularity = (_: TasteCase, scores: Float64Array) => scores.set(popular)
  const candidate = await fitTaste(table, { rows: split, recipe, easeItems, onStep: onTask(0) })
  const knnRecipe: TasteRecipe = { ...recipe, algorithm: "item_knn" }
  const cosine = recipe.algorithm === "item_knn" ? candidate : await fitTaste(table, { rows: split, recipe: knnRecipe, easeItems, onStep: onTask(1) })
  const models: Record<string, RankingMetrics> = {
    candidate: await measure(table, all, tasteScorer(candidate), training),
    item_knn: await measure(table, all, tasteScorer(cosine), training),
    popular_lately: await measure(table, all, byPopularity, training),
    candidate_new_items: await measure(table, fresh, withoutOwn(tasteScorer(candidate)), training),
    popular_lately_new_items: await measure(table, fresh, withoutOwn(byPopularity), training),
  }
  if (served) {
    const same = JSON.stringify(served) === JSON.stringify(recipe)
    const model = same ? candidate : await fitTaste(table, { rows: split, recipe: served, easeItems, onStep: onTask(2) })
    models.serving = same ? models.candidate! : await measure(table, all, tasteScorer(model), training)
  }
  return { models }
}

type Scorer = (held: TasteCase, scores: Float64Array) => void

function measure(table: InteractionTable, cases: TasteCase[], score: Scorer, training: RecommenderTraining): Promise<RankingMetrics> {
  return evaluateRanking({ cases, itemCount: table.items.length, score, now: training.now, onCase: () => training.pause?.() })
}

function tasteScorer(model: TasteModel): Scorer {
  return ({ before }, scores) => addTasteScores(model, historyWeights(before, model.recipe.stepDecay), scores)
}

function withoutOwn(score: Scorer): Scorer {
  return (held, scores) => {
    score(held, scores)
    for (const { item } of held.before) scores[item] = -Infinity
  }
}

/** Operations a second of an inversion; the first one, slower, warms the code up. */
async function measureSpeed(now: () => number): Promise<number> {
  let seconds = Infinity
  for (let run = 0; run < 2; run++) {
    const matrix = squareMatrix(PROBE_SIZE)
    for (let row = 0; row < PROBE_SIZE; row++) matrix.values[row * matrix.stride + row] = 1 + row
    const started = now()
    await invertSymmetric(matrix)
    seconds = Math.min(seconds, now() - started)
  }
  if (!(seconds >= 0)) throw new ForesightError("invalid_settings", `now() gave ${seconds} s for an inversion; expected a running clock`)
  return PROBE_SIZE ** 3 / Math.max(seconds, 0.001)
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
