import { Client } from "pg"
import type { DemandListAnswer, DemandSeriesAnswer, DemandWhatIfAnswer, VariantReplacementAnswer, VariantReplacementListAnswer } from "../../../src/api/answers"
import { addDays } from "../../../src/domain/day"
import { adminApi, anonymousApi, testStore } from "../../support/store"

const DEMAND = "/admin/foresight/demand"
const NOBODY = "00000000-0000-4000-8000-000000000000"
const DAY = addDays(new Date().toISOString().slice(0, 10), -7)

describe("new and changed items", () => {
  let admin: Awaited<ReturnType<typeof adminApi>>
  let database: Client
  /** The three variants of which most is expected. */
  let variants: DemandListAnswer["demand"]
  const rows = async <Row extends object>(sql: string, parameters: unknown[] = []) => (await database.query<Row>(sql, parameters)).rows

  beforeAll(async () => {
    admin = await adminApi()
    database = new Client({ connectionString: testStore().databaseUrl })
    await database.connect()
    variants = (await admin.get<DemandListAnswer>(`${DEMAND}?level=variant&limit=3`)).body.demand
    expect(variants).toHaveLength(3)
  })
  afterAll(() => database.end())

  it.each(["/replacements", "/what-if?variant_id=v&price_change=-0.1"])("keeps strangers out of GET %s", async (path) => expect((await anonymousApi().get(DEMAND + path)).status).toBe(401))
  it("keeps strangers from linking items", async () => {
    expect((await anonymousApi().post(`${DEMAND}/replacements`, {})).status).toBe(401)
    expect((await anonymousApi().delete(`${DEMAND}/replacements/${NOBODY}`)).status).toBe(401)
  })

  describe("/replacements", () => {
    const link = (replaced: string, heir: string, fromDay = DAY) => admin.post<{ replacement: VariantReplacementAnswer }>(`${DEMAND}/replacements`, { variant_id: heir, replaced_variant_id: replaced, from_day: fromDay })
    const detail = async (id: string) => (await admin.get<DemandSeriesAnswer>(`${DEMAND}/series?level=variant&id=${id}`)).body

    it("links two items, says so with both, refuses a circle, and ends it, kept with who did both", async () => {
      const [first, second] = [variants[0]!, variants[1]!]
      const created = await link(first.id, second.id)
      const { id } = created.body.replacement
      try {
        expect(created.status).toBe(201)
        expect(created.body.replacement).toMatchObject({ variant_id: second.id, title: second.title, sku: second.sku, replaced_variant_id: first.id, replaced_title: first.title, from_day: DAY, created_by: expect.stringMatching(/^user_/) as string, ended_at: null })
        expect((await admin.get<VariantReplacementListAnswer>(`${DEMAND}/replacements?variant_id=${first.id}`)).body).toMatchObject({ count: 1, replacements: [{ id }] })
        const [heir, replaced] = await Promise.all([detail(second.id), detail(first.id)])
        expect([heir.inherits_from.map((one) => one.replaced_variant_id), heir.replaced_by]).toEqual([[first.id], null])
        expect([replaced.inherits_from, replaced.replaced_by?.variant_id]).toEqual([[], second.id])

        const circle = await link(second.id, first.id)
        expect(circle).toMatchObject({ status: 400, body: { message: expect.stringContaining("no circle") as string } })
        expect((await link(first.id, variants[2]!.id)).status).toBe(400)
      } finally {
        const ended = await admin.delete<{ replacement: VariantReplacementAnswer }>(`${DEMAND}/replacements/${id}`)
        expect(ended).toMatchObject({ status: 200, body: { replacement: { id, ended_by: created.body.replacement.created_by } } })
      }
      expect((await admin.get<VariantReplacementListAnswer>(`${DEMAND}/replacements?state=ended&variant_id=${first.id}`)).body.replacements.map((one) => one.id)).toContain(id)
      expect(await detail(second.id)).toMatchObject({ inherits_from: [], replaced_by: null })
    })

    it("says 404 for what nobody knows", async () => {
      expect((await link(variants[0]!.id, "variant_none")).status).toBe(404)
      expect((await link("variant_none", variants[0]!.id)).status).toBe(404)
      expect((await admin.delete(`${DEMAND}/replacements/${NOBODY}`)).status).toBe(404)
      expect((await admin.delete(`${DEMAND}/replacements/no-uuid`)).status).toBe(404)
    })

    it.each<[string, object]>([
      ["itself", { replaced_variant_id: undefined }],
      ["from a day ahead", { from_day: addDays(DAY, 30) }],
      ["from a day that is none", { from_day: "2026-02-30" }],
      ["in somebody else's name", { created_by: "user_9" }],
      ["a NUL", { replaced_variant_id: "a\0b" }],
    ])("refuses to replace %s", async (_case, part) => {
      const wish = { variant_id: variants[0]!.id, replaced_variant_id: variants[1]!.id, from_day: DAY, ...part }
      const whole = "replaced_variant_id" in part && part.replaced_variant_id === undefined ? { ...wish, replaced_variant_id: wish.variant_id } : wish
      expect((await admin.post(`${DEMAND}/replacements`, whole)).status).toBe(400)
    })
    it("refuses an unknown state", async () => expect((await admin.get(`${DEMAND}/replacements?state=lost`)).status).toBe(400))
  })

  describe("/what-if", () => {
    const ask = async (query: string, id = variants[0]!.id) => admin.get<DemandWhatIfAnswer>(`${DEMAND}/what-if?variant_id=${id}&${query}`)
    /** Answers as if the last run had found this of the first variant; its row is the newest, so that no run that ends meanwhile replaces it. */
    const having = async (found: { elasticity: number | null; sd: number | null; promotion?: number }, work: () => Promise<void>) => {
      const id = variants[0]!.id
      const before = await rows("DELETE FROM foresight.price_response WHERE variant_id = $1 RETURNING *", [id])
      try {
        await rows(
          `INSERT INTO foresight.price_response (variant_id, weeks, usual_price, elasticity, elasticity_sd, price_weeks, lowest_price, highest_price, promotion_effect, promotion_sd, promotion_weeks, computed_at)
            VALUES ($1, 52, 10, $2, $3, 6, 0.8, 1, $4, $5, 4, now())`,
          [id, found.elasticity, found.sd, found.promotion ?? null, found.promotion === undefined ? null : 0.1]
        )
        await work()
      } finally {
        await rows("DELETE FROM foresight.price_response WHERE variant_id = $1", [id])
        if (before.length > 0) await rows("INSERT INTO foresight.price_response SELECT * FROM jsonb_populate_recordset(NULL::foresight.price_response, $1::jsonb) ON CONFLICT DO NOTHING", [JSON.stringify(before)])
      }
    }

    it("was prepared by the last forecast run for every variant that is forecast", async () => {
      const [counts] = await rows<{ missing: number; known: number }>(
        `SELECT count(*) FILTER (WHERE p.variant_id IS NULL)::int AS missing, count(p.variant_id)::int AS known
          FROM (SELECT DISTINCT variant_id FROM foresight.forecast) f LEFT JOIN foresight.price_response p USING (variant_id)`
      )
      expect(counts).toMatchObject({ missing: 0 })
      expect(counts!.known).toBeGreaterThan(0)
    })

    it("tells units, their range and revenue without and with another price", () =>
      having({ elasticity: -2, sd: 0.2 }, async () => {
        const { status, body } = await ask("price_change=-0.1&weeks=2")
        expect(status).toBe(200)
        const series = (await admin.get<DemandSeriesAnswer>(`${DEMAND}/series?level=variant&id=${variants[0]!.id}`)).body
        const expected = series.forecast[0]!.mean + series.forecast[1]!.mean
        const factor = Math.exp(-2 * Math.log(0.9) + (0.2 * Math.log(0.9)) ** 2 / 2)
        expect(body).toMatchObject({ variant_id: variants[0]!.id, weeks: 2, price_change: -0.1, refusal: null, is_beyond_seen: false, usual_price: 10, seen: { weeks: 52, price_weeks: 6 } })
        expect(body.without.mean).toBeCloseTo(expected, 6)
        expect(body.with!.mean).toBeCloseTo(expected * factor, 6)
        expect(body.with!.low).toBeLessThanOrEqual(body.with!.high)
        expect(body.revenue!.without).toBeCloseTo(10 * expected, 5)
        expect(body.revenue!.change.mean).toBeCloseTo(10 * expected * (0.9 * factor - 1), 5)
        expect(body.elasticity).toEqual({ mean: -2, low: expect.closeTo(-2.329, 3) as number, high: expect.closeTo(-1.671, 3) as number })
        expect(body.sentence).toMatch(/^At a price 10% lower about /)
        // four weeks are those that the page shows
        expect((await ask("price_change=-0.1")).body.without).toEqual({ mean: expect.closeTo(series.next.mean, 6) as number, low: expect.closeTo(series.next.low, 6) as number, high: expect.closeTo(series.next.high, 6) as number })
        expect((await ask("price_change=-0.6")).body.is_beyond_seen).toBe(true)
      }))

    it("tells what a promotion like those before would do", () =>
      having({ elasticity: null, sd: null, promotion: Math.log(2) }, async () => {
        const { body } = await ask("promotion=true&weeks=2")
        expect(body).toMatchObject({ price_change: null, revenue: null, refusal: null })
        expect(body.with!.mean / body.without.mean).toBeCloseTo(2 * Math.exp(0.005), 6)
        expect((await ask("price_change=-0.1")).body).toMatchObject({ refusal: "never_moved", with: null, elasticity: null })
      }))

    it("gives no number where the history fits both ways, or says nothing of it", async () => {
      await having({ elasticity: -1, sd: 1 }, async () => {
        const { body } = await ask("price_change=-0.1")
        expect(body).toMatchObject({ refusal: "not_shown", with: null, factor: null, revenue: null, elasticity: null })
        expect(body.sentence).toMatch(/^This shop's history does not show/)
        expect((await ask("promotion=true")).body).toMatchObject({ refusal: "no_promotion" })
      })
    })

    it("says 404 for what is not forecast", async () => expect((await ask("price_change=-0.1", "variant_none")).status).toBe(404))

    it.each([
      ["neither price nor promotion", "weeks=2"],
      ["both", "price_change=-0.1&promotion=true"],
      ["the same price", "price_change=0"],
      ["a price below a tenth", "price_change=-0.95"],
      ["three times the price and more", "price_change=2.5"],
      ["a price that is none", "price_change=cheap"],
      ["no week", "price_change=-0.1&weeks=0"],
      ["half a year and more", "price_change=-0.1&weeks=27"],
      ["a promotion that does not run", "promotion=false"],
      ["an unknown parameter", "price_change=-0.1&colour=red"],
    ])("refuses %s", async (_case, query) => expect((await ask(query)).status).toBe(400))
  })
})
