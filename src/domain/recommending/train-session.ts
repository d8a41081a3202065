import { ForesightError } from "../errors"
import { evaluateRanking } from "./evaluate"
import { fitItemKnn } from "./item-knn"
import { POPULAR_HALF_LIFE_DAYS, popularLately } from "./popular-lately"
import { decideRanking } from "./ranking-gate"
import { sessionCases } from "./session-cases"
import type { SessionCase } from "./session-cases"
import { buildSessionIndex, sessionVoter } from "./session-knn"
import { loadSessionModel, sessionModelBytes } from "./session-model"
import type { SessionIndex, SessionRecipe } from "./session-model"
import type { OnStep } from "./symmetric-inverse"
import { splitByTime } from "./time-split"
import { stage } from "./training-run"
import type { RecommenderResult, RecommenderTraining } from "./training-run"
import type { InteractionTable, RankingMetrics } from "./types"
import { userHistories } from "./user-histories"

const TUNING_CASES = 1000
const TEST_CASES = 4000
const MOST_SESSIONS = 100_000
/** Generous: the index, its bytes and the building of it. */
const BYTES_PER_SESSION = 4096

const START: SessionRecipe = { algorithm: "session_knn", neighbours: 200, samples: 1500, halfLifeDays: null }

/**
 * Trains the recommender of visits: next item of a session, tuned and tested on the same split of time as `trainTaste()`.
 * Nothing is learned but which sessions vote; the bytes hold the newest sessions.
 * @throws ForesightError `too_little_data` (no session with two items, too short a time to split), `invalid_model` (bytes in service), `canceled`.
 */
export async function trainSession(table: InteractionTable, training: RecommenderTraining): Promise<RecommenderResult> {
  const { now } = training
  const started = now()
  const split = splitByTime(table)
  const served = training.serving ? loadSessionModel(training.serving).recipe : null
  const maxSessions = Math.min(MOST_SESSIONS, Math.floor(training.memoryBudgetBytes / BYTES_PER_SESSION))
  const index = buildSessionIndex(table, { maxSessions })
  if (index.at.length === 0) {
    throw new ForesightError("too_little_data", `none of ${table.sessions.length} sessions has two different items; expected at least one`)
  }

  const tuningCases = sessionCases(table, { split: split.validation, end: split.test, limit: TUNING_CASES })
  const recipe = await tune(table, tuningCases, buildSessionIndex(table, { rows: split.validation, maxSessions }), training)
  const cases = sessionCases(table, { split: split.test, end: table.item.length, limit: TEST_CASES })
  const before = buildSessionIndex(table, { rows: split.test, maxSessions })
  const popular = popularLately(table, { rows: split.test, at: split.testFrom, halfLifeDays: POPULAR_HALF_LIFE_DAYS })
  const onTest = stage(training, "testing")
  await onTest(0, 1)
  const candidate = await measure(table, cases, voting(before, recipe), training)
  const models: Record<string, RankingMetrics> = {
    candidate,
    popular_lately: await measure(table, cases, (_, scores) => scores.set(popular), training),
    item_knn: await measure(table, cases, await cosineScorer(table, split.test, onTest), training),
  }
  if (served) models.serving = JSON.stringify(served) === JSON.stringify(recipe) ? candidate : await measure(table, cases, voting(before, served), training)
  const baselines: Record<string, number> & { popular_lately: number } = { popular_lately: models.popular_lately!.ndcg10, item_knn: models.item_knn!.ndcg10 }
  if (models.serving) baselines.serving = models.serving.ndcg10
  return {
    task: "train",
    bytes: sessionModelBytes({ recipe, items: table.items, index }),
    algorithm: recipe.algorithm,
    parameters: { ...recipe, sessions: index.at.length, items: table.items.length },
    backtest: {
      validationFrom: new Date(split.validationFrom * 1000).toISOString(),
      testFrom: new Date(split.testFrom * 1000).toISOString(),
      models,
      served: candidate,
      choice: recipe.algorithm,
    },
    gate: decideRanking({ value: candidate.ndcg10, baselines, cases: candidate.users }),
    seconds: now() - started,
    lossCurve: [],
  }
}

async function tune(table: InteractionTable, cases: SessionCase[], index: SessionIndex, training: RecommenderTraining): Promise<SessionRecipe> {
  const changes: Partial<SessionRecipe>[] = [{}, { halfLifeDays: 90 }, { halfLifeDays: 21 }, { neighbours: 100 }, { neighbours: 500 }]
  let best = { recipe: START, value: -1 }
  for (const [step, change] of changes.entries()) {
    await stage(training, "tuning", step, changes.length)(0, 1)
    const recipe = { ...best.recipe, ...change }
    const { ndcg10 } = await measure(table, cases, voting(index, recipe), training)
    if (ndcg10 > best.value) best = { recipe, value: ndcg10 }
  }
  return best.recipe
}

type Scorer = (held: SessionCase, scores: Float64Array) => void

/** The item looked at is never the next one: it is taken out for every model. */
function measure(table: InteractionTable, cases: SessionCase[], score: Scorer, training: RecommenderTraining): Promise<RankingMetrics> {
  const scoreOthers: Scorer = (held, scores) => {
    score(held, scores)
    scores[held.seen.at(-1)!] = -Infinity
  }
  return evaluateRanking({ cases, itemCount: table.items.length, score: scoreOthers, now: training.now, onCase: () => training.pause?.() })
}

function voting(index: SessionIndex, recipe: SessionRecipe): Scorer {
  const vote = sessionVoter(index, recipe)
  return ({ seen }, scores) => vote(seen, (item, value) => (scores[item]! += value))
}

/** Item cosine over sessions, the newest items of the visit weighing most. */
async function cosineScorer(table: InteractionTable, rows: number, onStep: OnStep): Promise<Scorer> {
  const histories = userHistories({ ...table, users: table.sessions, user: table.session }, { rows, halfLifeDays: Infinity, cap: 50 })
  const cosine = await fitItemKnn(histories, { itemCount: table.items.length, neighbours: 100, shrinkage: 3, onStep })
  return ({ seen }, scores) => {
    for (const [back, item] of seen.slice(-20).reverse().entries()) {
      for (let at = cosine.start[item]!; at < cosine.start[item + 1]!; at++) scores[cosine.index[at]!]! += Math.exp(-back / 2.5) * cosine.value[at]!
    }
  }
}
