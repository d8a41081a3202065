import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import { sessionRanker } from "../../../../src/domain/recommending/session-knn"
import { loadSessionModel } from "../../../../src/domain/recommending/session-model"
import { trainSession } from "../../../../src/domain/recommending/train-session"
import type { RankingBacktest } from "../../../../src/domain/recommending/types"
import { groupedInteractions } from "../../../support/interaction-builders"

let ticks = 0
const training = { timeBudgetSeconds: 60, memoryBudgetBytes: 64e6, serving: null, now: () => (ticks += 0.01) }
const rows = groupedInteractions({ users: 150, groups: 6, perGroup: 10, visitLength: 4 })
const table = buildInteractionTable(rows)

describe("trainSession()", () => {
  it("learns visits that have a theme, beats popular-lately and is promoted", async () => {
    const { bytes, backtest, gate } = await trainSession(table, training)
    const { served, models } = backtest as RankingBacktest
    expect(gate).toMatchObject({ promote: true, value: served.ndcg10 })
    expect(served.ndcg10).toBeGreaterThan(1.5 * models.popular_lately!.ndcg10)
    const ranked = sessionRanker(loadSessionModel(bytes))([{ productId: "g3_1", weight: 1, at: 1 }], 8)
    expect(ranked.filter(({ productId }) => productId.startsWith("g3_")).length).toBeGreaterThanOrEqual(6)
  })
  it("compares with the version in service by its recipe on the same days", async () => {
    const first = await trainSession(table, training)
    const { gate } = await trainSession(table, { ...training, serving: first.bytes })
    expect(gate).toMatchObject({ promote: true, baselines: { serving: gate.value } })
  })
  it("refuses interactions without visits of two items", async () => {
    const alone = buildInteractionTable(rows.map((row) => ({ ...row, sessionId: null })))
    await expect(trainSession(alone, training)).rejects.toMatchObject({ code: "too_little_data", message: expect.stringContaining("none of 0 sessions") })
  })
  it("stops when asked to", async () => {
    await expect(trainSession(table, { ...training, shouldStop: () => true })).rejects.toMatchObject({ code: "canceled" })
  })
})
