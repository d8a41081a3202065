import { advise } from "../../../../src/domain/replenishment/advise"
import { OUTLOOK_DAYS, SUM_LEVELS, type DemandOutlook, type StockPosition } from "../../../../src/domain/replenishment/types"
import { anOutlook, someSettings } from "../../../support/demand-builders"
import fc from "../../../support/properties"

const stock = (onHand: number, reserved = 0, incoming = 0): StockPosition => ({ onHand, reserved, incoming })
const lines = (outlook: DemandOutlook, position: StockPosition) => advise(outlook, position).ledger.map(({ label, quantity }) => [label, quantity])

describe("advise()", () => {
  // s = Q(0.95) = 21 + 38 = 59, S = 59 + 28 = 87, IP = 20 + 12 = 32 ≤ 59, so 87 − 32 = 55
  it("orders up to the order-up-to level when the position has come down to the reorder point", () => {
    expect(advise(anOutlook(), stock(20, 0, 12))).toMatchObject({ status: "order", orderQuantity: 55, reorderPoint: 59, orderUpTo: 87, expectedDemand: 42, safetyStock: 17 })
  })

  it("shows the sum line by line", () => {
    expect(lines(anOutlook({ settings: someSettings({ packSize: 12 }) }), stock(20, 3, 12))).toEqual([
      ["expected_demand", 42],
      ["safety_stock", 17],
      ["cover", 28],
      ["on_hand", -20],
      ["reserved", 3],
      ["incoming", -12],
      ["rounding", 2], // 58 → 5 packs of 12
    ])
  })

  it.each([
    ["packs", { packSize: 12 }, 60],
    ["a smallest order", { moq: 100 }, 100],
    ["both, in whole packs", { packSize: 12, moq: 100 }, 108],
    ["decimal packs", { packSize: 2.5 }, 55],
  ])("rounds 55 up to %s", (_, settings, quantity) => expect(advise(anOutlook({ settings: someSettings(settings) }), stock(32)).orderQuantity).toBe(quantity))

  it("orders at the reorder point and not above it", () => {
    expect(advise(anOutlook(), stock(59))).toMatchObject({ status: "order", orderQuantity: 28 })
    expect(advise(anOutlook(), stock(60))).toMatchObject({ status: "not_due", orderQuantity: 0 })
  })

  it("closes the sum at 0 where nothing is ordered", () => {
    expect(lines(anOutlook(), stock(60)).at(-1)).toEqual(["not_due", -27]) // 87 − 60
    expect(lines(anOutlook(), stock(90)).at(-1)).toEqual(["surplus", 3])
    expect(advise(anOutlook(), stock(90)).status).toBe("surplus")
  })

  // Lead-time demand at level q is 40 q: 32 units are reached with chance 0.2
  it("gives the chance of running out before an order could arrive", () => {
    expect(advise(anOutlook(), stock(20, 0, 12)).stockoutProbability).toBeCloseTo(0.2, 10)
    expect(advise(anOutlook(), stock(0)).stockoutProbability).toBe(1)
    expect(advise(anOutlook(), stock(2, 5)).stockoutProbability).toBe(1)
    expect(advise(anOutlook(), stock(1000)).stockoutProbability).toBeLessThan(0.001)
  })

  // Service-level demand over d days and a lead time is 38 + 3 d: 60 is reached at d = 8, so day 7 is the last good one
  it("names the last day to order", () => {
    expect(advise(anOutlook(), stock(60)).orderBy).toBe("2026-10-20")
    expect(advise(anOutlook(), stock(39)).orderBy).toBe("2026-10-13")
    expect(advise(anOutlook(), stock(5)).orderBy).toBe("2026-10-13") // late already
    expect(advise(anOutlook(), stock(1000)).orderBy).toBeNull()
  })

  // 2 a day at the median, 3 a day in the worst tenth
  it("gives days of cover", () => {
    expect(advise(anOutlook(), stock(60))).toMatchObject({ daysOfCover: 30, daysOfCoverLow: 20 })
    expect(advise(anOutlook(), stock(1, 1))).toMatchObject({ daysOfCover: 0, daysOfCoverLow: 0 })
    expect(advise(anOutlook(), stock(300))).toMatchObject({ daysOfCover: null, daysOfCoverLow: 100 })
  })

  it("rounds up to whole units where the item sells in whole units, to thousandths where it does not", () => {
    const level = { settings: someSettings({ serviceLevel: 0.96 }) } // between 59 (0.95) and 60 (0.965)
    expect(advise(anOutlook(level), stock(0)).reorderPoint).toBe(60)
    const metres = { ...level, protectionQuantiles: SUM_LEVELS.map((q) => 21 + 40 * q), coverDemand: 27.7777 }
    expect(advise(anOutlook(metres), stock(0.125))).toMatchObject({ reorderPoint: 59.4, orderUpTo: 87.178, orderQuantity: 87.053 })
    expect(advise(anOutlook(), stock(0.5)).orderQuantity).toBe(87) // 86.5 in whole units
  })

  describe("without demand", () => {
    const zeros = SUM_LEVELS.map(() => 0)
    const curve = new Array<number>(OUTLOOK_DAYS + 1).fill(0)
    const dead = anOutlook({ expectedDemand: 0, coverDemand: 0, protectionQuantiles: zeros, leadTimeQuantiles: zeros, medianCurve: curve, highCurve: curve, serviceCurve: curve, settings: someSettings({ moq: 10 }) })
    it("orders nothing", () => expect(advise(dead, stock(0))).toMatchObject({ status: "not_due", orderQuantity: 0, stockoutProbability: 0, orderBy: null }))
    it("orders what is reserved beyond the stock", () => {
      expect(advise(dead, stock(0, 3))).toMatchObject({ status: "order", orderQuantity: 10, stockoutProbability: 1, orderBy: "2026-10-13" })
    })
    it("calls any stock a surplus", () => expect(advise(dead, stock(5))).toMatchObject({ status: "surplus", daysOfCover: null }))
  })

  it("says that sales are too few instead of a number", () => {
    const young = advise(anOutlook({ historyWeeks: 3 }), stock(0))
    expect(young).toMatchObject({ status: "too_few_sales", orderQuantity: 0, stockoutProbability: null, orderBy: null, daysOfCover: null, ledger: [] })
    expect(young.reason).toBe("Too few sales for a number: 3 weeks of history, 4 are needed.")
    expect(advise(anOutlook({ historyWeeks: 0 }), stock(0)).reason).toBe("Too few sales for a number: nothing was sold here yet.")
    expect(advise(anOutlook({ historyWeeks: 4 }), stock(0)).status).toBe("order")
  })

  describe("for any outlook and stock", () => {
    const units = fc.integer({ min: 0, max: 400_000 }).map((thousandths) => thousandths / 1000)
    const anyStock = fc.record({ onHand: units, reserved: units, incoming: units })
    const steps = (whole: boolean, count: number) =>
      fc.array(whole ? fc.integer({ min: 0, max: 9 }) : fc.integer({ min: 0, max: 9000 }).map((thousandths) => thousandths / 777), { minLength: count, maxLength: count }).map((list) => {
        let sum = 0
        return list.map((step) => (sum += step))
      })
    const anyOutlook = fc.boolean().chain((whole) =>
      fc
        .record({
          expectedDemand: fc.double({ min: 0, max: 500, noNaN: true }),
          coverDemand: fc.double({ min: 0, max: 200, noNaN: true }),
          protectionQuantiles: steps(whole, SUM_LEVELS.length),
          leadTimeQuantiles: steps(whole, SUM_LEVELS.length),
          serviceLevel: fc.double({ min: 0.51, max: 0.9999, noNaN: true }),
          moq: fc.oneof(fc.constant(0), units),
          packSize: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50_000 }).map((thousandths) => thousandths / 1000)),
        })
        .map(({ serviceLevel, moq, packSize, ...rest }) => anOutlook({ ...rest, settings: someSettings({ serviceLevel, moq, packSize }) }))
    )
    const inThousandths = (value: number) => Math.round(value * 1000)

    it("the ledger sums to the order exactly", () => {
      fc.assert(
        fc.property(anyOutlook, anyStock, (outlook, position) => {
          const { ledger, orderQuantity } = advise(outlook, position)
          expect(ledger.reduce((sum, line) => sum + inThousandths(line.quantity), 0)).toBe(inThousandths(orderQuantity))
          for (const line of ledger) expect(inThousandths(line.quantity) / 1000).toBe(line.quantity)
        })
      )
    })

    it("an order is whole packs and not below the smallest order", () => {
      fc.assert(
        fc.property(anyOutlook, anyStock, (outlook, position) => {
          const { orderQuantity, settings } = advise(outlook, position)
          if (orderQuantity === 0) return
          expect(orderQuantity).toBeGreaterThanOrEqual(settings.moq)
          if (settings.packSize > 0) expect(inThousandths(orderQuantity) % inThousandths(settings.packSize)).toBe(0)
        })
      )
    })

    it("more stock never raises the order or the chance of running out", () => {
      fc.assert(
        fc.property(anyOutlook, anyStock, units, (outlook, position, more) => {
          const [less, after] = [advise(outlook, position), advise(outlook, { ...position, onHand: position.onHand + more })]
          expect(after.orderQuantity).toBeLessThanOrEqual(less.orderQuantity)
          expect(after.stockoutProbability ?? 0).toBeLessThanOrEqual((less.stockoutProbability ?? 0) + 1e-12)
        })
      )
    })

    it("a higher service level never lowers the reorder point", () => {
      fc.assert(
        fc.property(anyOutlook, fc.double({ min: 0.51, max: 0.9999, noNaN: true }), (outlook, other) => {
          const [low, high] = [outlook.settings.serviceLevel, other].sort((a, b) => a - b).map((serviceLevel) => advise({ ...outlook, settings: { ...outlook.settings, serviceLevel } }, stock(0)))
          expect(high?.reorderPoint).toBeGreaterThanOrEqual(low?.reorderPoint ?? 0)
        })
      )
    })
  })
})
