import { keepReplays, weeksToReplay } from "../../../activities/keep-replays"
import type { Stores } from "../../../src/database/stores"
import type { PastForecast } from "../../../src/database/stores/forecast-history-store"
import { QUANTILE_LEVELS } from "../../../src/domain/demand/types"
import { memoryTrainingStores } from "../../support/memory-stores"

const version = { modelVersionId: "7f1f2b50-0000-4000-8000-000000000001", computedAt: new Date("2026-03-02T02:00:00Z") }
/** Keeps in memory; `first`: the first day for which a forecast was kept. */
function history(first: string | null): { stores: Pick<Stores, "forecastHistory">; kept: PastForecast[] } {
  const { stores, kept } = memoryTrainingStores()
  return { stores: { forecastHistory: { ...stores.forecastHistory, firstDay: async () => first } }, kept }
}
const replay = (firstDay: string, seriesId = "v1@l1") => ({ firstDay, forecasts: [{ seriesId, mean: Float64Array.of(4), quantiles: Float64Array.from(QUANTILE_LEVELS, (level) => 10 * level) }] })

describe("weeksToReplay()", () => {
  it("asks for eight weeks while nothing can be compared with what happened", async () => {
    expect(await weeksToReplay(history(null).stores, "2026-03-02")).toBe(8)
    expect(await weeksToReplay(history("2026-03-02").stores, "2026-03-02")).toBe(8)
    expect(await weeksToReplay(history("2026-02-24").stores, "2026-03-02")).toBe(8) // its week ends today
  })
  it("asks for none once the week of a kept forecast is over", async () => {
    expect(await weeksToReplay(history("2026-02-23").stores, "2026-03-02")).toBe(0)
    expect(await weeksToReplay(history("2025-12-01").stores, "2026-03-02")).toBe(0)
  })
})

describe("keepReplays()", () => {
  it("keeps the week's mean and five quantiles, marked as made afterwards", async () => {
    const { stores, kept } = history(null)
    await keepReplays(stores, [replay("2026-02-16"), replay("2026-02-23")], version)
    expect(kept.map(({ firstDay }) => firstDay)).toEqual(["2026-02-16", "2026-02-23"])
    const { quantiles, ...rest } = kept[0] as PastForecast
    expect(rest).toEqual({ variantId: "v1", locationId: "l1", firstDay: "2026-02-16", mean: [4], isReplayed: true, ...version })
    ;[0.1, 1, 5, 9, 9.9].forEach((value, at) => expect(quantiles[at]).toBeCloseTo(value, 12)) // 1%, 10%, 50%, 90%, 99%
  })
  it("leaves out a week into which a forecast made in time reaches, so that no week counts twice", async () => {
    const { stores, kept } = history("2026-02-26")
    await keepReplays(stores, [replay("2026-02-16"), replay("2026-02-23")], version)
    expect(kept.map(({ firstDay }) => firstDay)).toEqual(["2026-02-16"])
  })
  it("leaves out series that are no variant at a location, and keeps nothing of nothing", async () => {
    const { stores, kept } = history(null)
    await keepReplays(stores, [replay("2026-02-16", "a file's item")], version)
    await keepReplays(stores, [], version)
    expect(kept).toEqual([])
  })
})
