import { retiredForecasts } from "../../../activities/retired-forecasts"
import { advise } from "../../../src/domain/replenishment/advise"
import { assembleOutlook } from "../../../src/domain/replenishment/assemble-outlook"
import { createPathDraws } from "../../../src/domain/demand"
import { aPanel, aSeries, someSettings } from "../../support/demand-builders"

const run = { firstDay: "2026-03-02", horizon: 8, modelVersionId: null, computedAt: new Date("2026-03-02T02:00:00Z") }
const year = new Array<number>(52).fill(10)

describe("retiredForecasts()", () => {
  it("expects nothing more of what was replaced", () => {
    const [forecast] = retiredForecasts({ ...aPanel([]), periods: aPanel([aSeries(year)]).periods, retired: [aSeries(year, { seriesId: "old@here" })] }, run)
    expect(forecast).toMatchObject({ variantId: "old", locationId: "here", horizon: 8, mean: new Array(8).fill(0) as number[], historyWeeks: 52 })
    expect(forecast?.quantiles).toEqual(new Array(120).fill(0))
  })

  it("says nothing where nothing was", () => expect(retiredForecasts(aPanel([aSeries(year)]), run)).toEqual([]))

  it("lets nobody order its stock again, however low it is", () => {
    const forecasts = retiredForecasts({ ...aPanel([aSeries(year)]), retired: [aSeries(year, { seriesId: "old@here" })] }, run)
    const outlook = assembleOutlook({
      inventoryItemId: "item",
      locationId: "here",
      day: "2026-03-02",
      uses: [{ variantId: "old", requiredQuantity: 1 }],
      forecasts,
      pattern: { weekdayProfile: new Array<number>(7).fill(1 / 7), soldInParts: new Set() },
      own: null,
      defaults: someSettings(),
      isStockAssumed: false,
      draws: createPathDraws({ paths: 100, seed: 1 }),
    })
    for (const onHand of [0, 1, 500]) expect(advise(outlook, { onHand, reserved: 0, incoming: 0 })).toMatchObject({ orderQuantity: 0, status: onHand === 0 ? "not_due" : "surplus" })
  })
})
