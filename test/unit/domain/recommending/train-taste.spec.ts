import { buildInteractionTable } from "../../../../src/domain/recommending/interaction-table"
import { loadTasteModel, tasteRanker } from "../../../../src/domain/recommending/taste-model"
import { trainTaste } from "../../../../src/domain/recommending/train-taste"
import type { RankingBacktest } from "../../../../src/domain/recommending/types"
import type { TrainingProgress } from "../../../../src/domain/training"
import { groupedInteractions, interaction } from "../../../support/interaction-builders"

let ticks = 0
const training = { timeBudgetSeconds: 60, memoryBudgetBytes: 64e6, serving: null, now: () => (ticks += 0.01) }
const table = buildInteractionTable(groupedInteractions({ users: 150, groups: 6, perGroup: 10 }))

describe("trainTaste()", () => {
  it("learns tastes that exist, beats popular-lately on the held-out time and is promoted", async () => {
    const stages = new Set<string>()
    const result = await trainTaste(table, { ...training, onProgress: ({ stage }: TrainingProgress) => stages.add(stage) })
    const backtest = result.backtest as RankingBacktest
    expect(result.gate).toMatchObject({ metric: "ndcg10", promote: true, value: backtest.served.ndcg10 })
    expect(backtest.served.ndcg10).toBeGreaterThan(1.5 * backtest.models.popular_lately!.ndcg10)
    expect(backtest.served.users).toBeGreaterThanOrEqual(25)
    expect(backtest.validationFrom < backtest.testFrom).toBe(true)
    expect([...stages]).toEqual(["tuning", "testing", "fitting on all days"])
    const ranked = tasteRanker(loadTasteModel(result.bytes))([{ productId: "g3_1", weight: 1, at: 1 }], 8)
    expect(ranked.filter(({ productId }) => productId.startsWith("g3_")).length).toBeGreaterThanOrEqual(6)
  })

  it("gives the same model for the same interactions, and welcomes its own recipe again", async () => {
    const first = await trainTaste(table, training)
    const again = await trainTaste(table, { ...training, serving: first.bytes })
    expect(again.bytes).toEqual(first.bytes)
    expect(again.gate.baselines.serving).toBe(again.gate.value)
    expect(again.gate.promote).toBe(true)
  })

  it("does not promote on too few people", async () => {
    const few = buildInteractionTable(groupedInteractions({ users: 12 }))
    const { gate } = await trainTaste(few, training)
    expect(gate.promote).toBe(false)
    expect(gate.reason).toContain("Too little data")
  })

  it("stops when asked to", async () => {
    let asked = 0
    await expect(trainTaste(table, { ...training, shouldStop: () => ++asked > 5 })).rejects.toMatchObject({ code: "canceled" })
    expect(asked).toBe(6)
  })

  it("refuses too little time to split and bytes that are no model", async () => {
    await expect(trainTaste(buildInteractionTable([interaction()]), training)).rejects.toMatchObject({ code: "too_little_data" })
    await expect(trainTaste(table, { ...training, serving: new Uint8Array(4) })).rejects.toMatchObject({ code: "invalid_model" })
  })
})
