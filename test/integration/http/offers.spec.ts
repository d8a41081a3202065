import { randomUUID } from "node:crypto"
import { Client } from "pg"
import type { ForesightClient } from "../../../src/temporal/foresight-client"
import { eventually } from "../../support/eventually"
import { storeTemporal } from "../../support/store-temporal"
import { adminApi, storefrontApi, testStore } from "../../support/store"

jest.setTimeout(600_000) // two walks over the shop each

const FIRST_END = "2031-03-01T00:00:00.000Z"
const LATER_END = "2031-04-01T00:00:00.000Z"

describe("offers whose period alone moves", () => {
  let admin: Awaited<ReturnType<typeof adminApi>>
  let database: Client
  let temporal: ForesightClient
  let variantId: string

  /** An admin call that must work. */
  const post = async <Body>(path: string, body: object) => {
    const answer = await admin.post<Body>(path, body)
    if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  /** When the newest row says the offer ends, once the shop was walked and that is `end`. */
  const walkedUntil = async (sql: string, id: string, end: string) => {
    expect(await temporal.requestReconcile()).toBe(true)
    return eventually(async () => {
      const { rows } = await database.query<{ ends: Date | null }>(sql, [id])
      return rows[0]?.ends?.toISOString() === end
    })
  }

  beforeAll(async () => {
    admin = await adminApi()
    temporal = storeTemporal()
    database = new Client({ connectionString: testStore().databaseUrl })
    await database.connect()
    const shop = await storefrontApi()
    const { body } = await shop.get<{ products: { variants: { id: string }[] }[] }>("/store/products?limit=1&fields=id,variants.id")
    variantId = body.products[0]!.variants[0]!.id
  })
  afterAll(async () => {
    await temporal.close()
    await database.end()
  })

  it("are known minutes later: a price list's prices", async () => {
    const terms = { title: "Sale", description: "moves", type: "sale", status: "active", starts_at: "2031-02-01T00:00:00Z" }
    const prices = [{ variant_id: variantId, amount: 3, currency_code: "eur" }]
    const { price_list: list } = await post<{ price_list: { id: string } }>("/admin/price-lists", { ...terms, ends_at: FIRST_END, prices })
    try {
      const sql = "SELECT valid_to AS ends FROM foresight.price_change WHERE price_list_id = $1 ORDER BY recorded_at DESC LIMIT 1"
      await walkedUntil(sql, list.id, FIRST_END)
      await post(`/admin/price-lists/${list.id}`, { ends_at: LATER_END })
      await walkedUntil(sql, list.id, LATER_END)
    } finally {
      await admin.delete(`/admin/price-lists/${list.id}`)
    }
  })

  it("are known minutes later: a campaign's promotions", async () => {
    const name = randomUUID()
    const period = { starts_at: "2031-02-01T00:00:00Z", ends_at: FIRST_END }
    const { campaign } = await post<{ campaign: { id: string } }>("/admin/campaigns", { name, campaign_identifier: name, ...period })
    const method = { type: "percentage", target_type: "items", allocation: "across", value: 10 }
    const terms = { code: name, type: "standard", status: "active", campaign_id: campaign.id, application_method: method }
    const { promotion } = await post<{ promotion: { id: string } }>("/admin/promotions", terms)
    try {
      const sql = "SELECT ends_at AS ends FROM foresight.promotion_period WHERE promotion_id = $1"
      await walkedUntil(sql, promotion.id, FIRST_END)
      await post(`/admin/campaigns/${campaign.id}`, { ends_at: LATER_END })
      await walkedUntil(sql, promotion.id, LATER_END)
    } finally {
      await admin.delete(`/admin/promotions/${promotion.id}`)
      await admin.delete(`/admin/campaigns/${campaign.id}`)
    }
  })
})
