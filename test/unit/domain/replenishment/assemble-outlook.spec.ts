import { createPathDraws } from "../../../../src/domain/demand"
import { QUANTILE_LEVELS } from "../../../../src/domain/demand/types"
import { assembleOutlook, salesPattern, type AssembleOutlookInput } from "../../../../src/domain/replenishment/assemble-outlook"
import { someSettings } from "../../../support/demand-builders"

const draws = createPathDraws({ paths: 1000, seed: 42 })
type Forecast = AssembleOutlookInput["forecasts"][number]

/** Every week surely `units`. */
const sure = (variantId: string, units: number, own: Partial<Forecast> = {}): Forecast => ({
  variantId,
  firstDay: "2026-03-15",
  frequency: "week",
  mean: Array<number>(8).fill(units),
  quantiles: Array<number>(8 * QUANTILE_LEVELS.length).fill(units),
  correlation: 0,
  historyWeeks: 52,
  modelVersionId: "version-1",
  ...own,
})
const assemble = (own: Partial<AssembleOutlookInput> = {}) =>
  assembleOutlook({
    inventoryItemId: "iitem_1",
    locationId: "sloc_1",
    day: "2026-03-15",
    uses: [{ variantId: "variant_1", requiredQuantity: 1 }],
    forecasts: [sure("variant_1", 7)],
    pattern: salesPattern([]),
    own: null,
    defaults: someSettings(),
    isStockAssumed: false,
    draws,
    ...own,
  })

describe("assembleOutlook()", () => {
  it("adds up the variants by their required quantity", () => {
    const uses = [{ variantId: "variant_1", requiredQuantity: 1 }, { variantId: "variant_2", requiredQuantity: 2 }]
    // lead time 14 + review 7 days = 3 weeks of 7 + 2 · 5
    expect(assemble({ uses, forecasts: [sure("variant_1", 7), sure("variant_2", 5)] }).expectedDemand).toBeCloseTo(51, 9)
  })

  it("is the same in whatever order uses and forecasts are read", () => {
    const uses = [{ variantId: "a", requiredQuantity: 1 }, { variantId: "b", requiredQuantity: 3 }]
    const spread = (id: string, units: number) => sure(id, units, { quantiles: Array.from({ length: 8 }, () => QUANTILE_LEVELS.map((level) => 2 * units * level)).flat() })
    const forecasts = [spread("a", 4), spread("b", 9)]
    expect(assemble({ uses: [...uses].reverse(), forecasts: [...forecasts].reverse() })).toEqual(assemble({ uses, forecasts }))
  })

  it("leaves out forecasts of variants that do not use the item", () => expect(assemble({ forecasts: [sure("variant_1", 7), sure("stranger", 99)] }).expectedDemand).toBeCloseTo(21, 9))

  it("takes own settings before defaults and says what is assumed", () => {
    const { settings, assumed } = assemble({ own: { leadTimeDays: 7, moq: null }, isStockAssumed: true })
    expect(settings).toMatchObject({ leadTimeDays: 7, moq: 0 })
    expect(assumed).toEqual(expect.arrayContaining(["moq", "openingStock"]))
    expect(assumed).not.toContain("leadTimeDays")
  })

  it("keeps parts of a unit only where the item sells in such parts", () => {
    const forecasts = [sure("variant_1", 6.9)] // 3 weeks: 20.7
    expect(assemble({ forecasts }).protectionQuantiles[0]).toBe(21)
    const pattern = salesPattern([{ variantId: "variant_1", day: "2026-03-14", units: 0.5 }])
    expect(assemble({ forecasts, pattern }).protectionQuantiles[0]).toBeCloseTo(20.7, 9)
    expect(assemble({ forecasts, uses: [{ variantId: "variant_1", requiredQuantity: 0.5 }] }).protectionQuantiles[0]).toBeCloseTo(10.35, 9)
  })

  it("says that nothing is known where there is no forecast", () => expect(assemble({ forecasts: [] })).toMatchObject({ expectedDemand: 0, historyWeeks: 0, modelVersionId: null }))

  it("refuses a forecast that is not weekly or begins later", () => {
    expect(() => assemble({ forecasts: [sure("variant_1", 7, { frequency: "day" })] })).toThrow("the forecast of variant_1 is per day; expected week")
    expect(() => assemble({ forecasts: [sure("variant_1", 7, { firstDay: "2026-03-20" })] })).toThrow("expected it on or after forecastFrom 2026-03-20")
  })
})

describe("salesPattern()", () => {
  it("knows who is sold in parts and on which weekdays", () => {
    const { weekdayProfile, soldInParts } = salesPattern([{ variantId: "rope", day: "2026-03-16", units: 1.5 }, { variantId: "cup", day: "2026-03-16", units: 3 }])
    expect([...soldInParts]).toEqual(["rope"])
    expect(weekdayProfile[0]).toBe(Math.max(...weekdayProfile)) // 16 March 2026 is a Monday
    expect(weekdayProfile.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })
})
