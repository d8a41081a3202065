import { randomUUID } from "node:crypto"
import { createForecastActivities } from "../../../activities"
import { loadDemandPanel } from "../../../activities/load-demand-panel"
import { addDays } from "../../../src/domain/day"
import { activityContext } from "../../support/activity-context"
import { openTestDatabase, type TestDatabase } from "../../support/database"
import { forecastHere } from "../../support/forecast-here"
import { price, promotion, shopReader, variant } from "../../support/shop-builders"

const TODAY = "2026-03-02"
const WEEKS = 30

describe("a forecast run over replaced items", () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
  })
  afterAll(() => database.close())

  it("gives the heir the history, orders nothing more of the old one, and keeps what prices did", async () => {
    const { stores, dataSource } = database
    // 14 a week of the old one, a fifth cheaper and three times as many every eighth week; the new one sells since a week
    for (let week = 0; week < WEEKS; week++) {
      const isOffer = week % 8 === 4
      await dataSource.query(
        `INSERT INTO foresight.demand_day (variant_id, location_id, sales_channel_id, currency_code, day, units, returned_units, orders, revenue, unit_price) VALUES ($1, 'sloc_1', '', 'eur', $2, $3, 0, 1, 0, $4)`,
        [week < WEEKS - 1 ? "old" : "new", addDays(TODAY, -7 * (WEEKS - week) + 2), isOffer ? 42 : 14, isOffer ? 8 : 10]
      )
    }
    await stores.replacements.add({ id: randomUUID(), variantId: "new", replacedVariantId: "old", fromDay: addDays(TODAY, -7), createdBy: "user_1", createdAt: new Date() })
    const variants = [variant({ id: "old" }), variant({ id: "new", createdAt: new Date(`${addDays(TODAY, -7)}T00:00:00Z`) })]
    const reader = shopReader({
      variantsPage: async () => ({ rows: variants, next: null }),
      variantsOf: async (ids) => variants.filter(({ id }) => ids.includes(id)),
    })
    const { forecastDemand } = createForecastActivities({
      stores,
      reader,
      loadPanel: (asOf, pulse) => loadDemandPanel({ stores, reader, timeZone: "UTC", holidays: () => [] }, asOf, pulse),
      runTraining: forecastHere,
      settings: { horizonWeeks: 8 },
      today: () => TODAY,
      now: () => new Date(`${TODAY}T02:00:00Z`),
      context: () => activityContext(),
    })
    const check = async () => {
      expect(await forecastDemand()).toEqual({ forecasts: 1 })
      const forecasts = new Map((await stores.forecasts.ofVariants(["old", "new"])).map((one) => [one.variantId, one]))
      expect(forecasts.get("old")?.mean).toEqual(new Array(8).fill(0))
      expect(forecasts.get("new")?.mean[0]).toBeGreaterThan(5)
      expect(forecasts.get("new")?.historyWeeks).toBe(WEEKS - 1) // the week in which the history begins is not whole
      const series = new Map((await stores.demandSeries.outlooks()).map((one) => [one.variantId, one]))
      expect(series.get("old")?.demandClass).toBe("dying")
      expect(series.get("new")?.demand.slice(-3)).toEqual([14, 42, 14])
      // one forecast is looked back on, that of the heir
      expect(await dataSource.query("SELECT variant_id FROM foresight.forecast_history")).toEqual([{ variant_id: "new" }])
      const response = await stores.priceResponses.of("new")
      expect(response).toMatchObject({ weeks: WEEKS - 1, usualPrice: 10, priceWeeks: 4, promotionWeeks: 4, lowestPrice: expect.closeTo(0.8, 9) as number, currencyCode: "eur" })
      // three times as many at 0.8 of the price: ln 3 / ln 0.8 = −4.92
      expect(response?.elasticity).toBeCloseTo(Math.log(3) / Math.log(0.8), 0)
      expect(await stores.priceResponses.of("old")).toBeNull()
    }
    await check()
    await check() // a retry ends in the same rows
  })

  it("tells the models of promotions and sale prices, past and planned", async () => {
    const { stores, dataSource } = database
    const from = addDays(TODAY, -7 * 10)
    await dataSource.query(
      `INSERT INTO foresight.demand_day (variant_id, location_id, sales_channel_id, currency_code, day, units, returned_units, orders, revenue, unit_price)
        SELECT variant, 'sloc_1', '', 'eur', $1::date, 5, 0, 1, 0, 10 FROM unnest(ARRAY['cup', 'plate', 'bowl']) AS variant`,
      [from]
    )
    const at = (day: number) => new Date(`${addDays(TODAY, day)}T00:00:00Z`)
    const { id: promotionId, ...planned } = promotion({ createdAt: at(-60), startsAt: at(-28), endsAt: at(-21), targets: [{ attribute: "items.product.id", operator: "in", values: ["prod_cup"] }] })
    await stores.promotions.note([{ promotionId, ...planned }], at(-1))
    const { id: priceId, ...sale } = price({ id: "price_sale", variantId: "plate", priceListId: "plist_1", priceListType: "sale", amount: 8, validFrom: at(7), validTo: at(14) })
    await stores.prices.note([{ priceId, ...sale }, { ...sale, priceId: "price_group", variantId: "bowl", rules: { "customer.groups.id": "cusgroup_1" } }], at(-8))
    const variants = ["cup", "plate", "bowl"].map((id) => variant({ id, productId: `prod_${id}`, createdAt: new Date(`${from}T00:00:00Z`) }))
    const reader = shopReader({ variantsPage: async () => ({ rows: variants, next: null }), variantsOf: async () => [] })
    const { known, series, periods } = await loadDemandPanel({ stores, reader, timeZone: "UTC", holidays: () => [] }, addDays(TODAY, -1), () => undefined)
    expect([periods.length, series.map(({ seriesId }) => seriesId)]).toEqual([10, ["bowl@sloc_1", "cup@sloc_1", "plate@sloc_1"]])
    const weeks = (at: number) => [...(known?.[0]?.values[at] ?? [])].flatMap((share, week) => (share > 0 ? [[week, share, known?.[0]?.since?.[at]?.[week]]] : []))
    // week 6 begins 28 days ago, and the shop had planned it in week 1; week 11 begins in 7 days, and was recorded in week 8
    expect([known?.[0]?.name, weeks(0), weeks(1), weeks(2)]).toEqual(["promotion", [], [[6, 1, 2]], [[11, 1, 9]]])
  })
})
