import type { AdviceListAnswer, HealthAnswer, ItemAdviceAnswer, ProductAdviceAnswer } from "../../../src/api/answers"
import { eventually, until } from "../../support/eventually"
import { adminApi, anonymousApi } from "../../support/store"

type Api = Awaited<ReturnType<typeof adminApi>>
const thousandths = (lines: { quantity: number }[]) => lines.reduce((sum, { quantity }) => sum + Math.round(quantity * 1000), 0)

describe("/admin/foresight", () => {
  let admin: Api
  let list: AdviceListAnswer

  beforeAll(async () => {
    admin = await adminApi()
    list = (await admin.get<AdviceListAnswer>("/admin/foresight/advice?limit=200")).body
  })

  it.each(["advice", "advice/export", "models", "trainings", "imports", "settings", "health", "recommendations?product_id=x", "inventory-items/x/advice"])("keeps strangers out of %s", async (path) =>
    expect((await anonymousApi().get(`/admin/foresight/${path}`)).status).toBe(401)
  )

  it("lists advice, riskiest first, and every ledger adds up to its order quantity exactly", () => {
    expect(list.count).toBeGreaterThan(10)
    const risks = list.advice.flatMap(({ stockout_probability: risk }) => (risk === null ? [] : [risk]))
    expect(risks).toEqual([...risks].sort((a, b) => b - a))
    for (const { ledger, order_quantity: quantity, status } of list.advice) if (status !== "too_few_sales") expect(thousandths(ledger)).toBe(Math.round(quantity * 1000))
    expect(Object.values(list.counts).reduce((sum, count) => sum + count, 0)).toBe(list.count)
  })

  it("filters by status and words, and pages", async () => {
    const { body } = await admin.get<AdviceListAnswer>("/admin/foresight/advice?status=order&limit=1&offset=1")
    expect(body.advice.every(({ status }) => status === "order")).toBe(true)
    const sku = list.advice[0]!.sku!
    const found = (await admin.get<AdviceListAnswer>(`/admin/foresight/advice?q=${encodeURIComponent(sku.toLowerCase())}`)).body
    expect(found.advice.map((row) => row.sku)).toContain(sku)
    expect((await admin.get("/admin/foresight/advice?order=password")).status).toBe(400)
    expect((await admin.get("/admin/foresight/advice?limit=-1")).status).toBe(400)
    expect((await admin.get("/admin/foresight/advice?q=%00")).status).toBe(400)
  })

  it("exports the same rows as CSV", async () => {
    const { body, headers } = await admin.get<string>("/admin/foresight/advice/export")
    expect(headers.get("content-type")).toContain("text/csv")
    expect(body.trimEnd().split("\r\n").length).toBeGreaterThanOrEqual(list.count + 1)
    expect(body).toMatch(/^sku,title,location,status,order_quantity/)
  })

  it("moves the advice with the item's own settings and gives the default back", async () => {
    const row = list.advice.find(({ status, expected_demand: demand }) => status !== "too_few_sales" && demand > 1)!
    const path = `/admin/foresight/inventory-items/${row.inventory_item_id}`
    const at = (answer: ItemAdviceAnswer) => answer.locations.find((location) => location.location_id === row.location_id)!
    const before = at((await admin.get<ItemAdviceAnswer>(`${path}/advice`)).body)
    const { status, body } = await admin.post<ItemAdviceAnswer>(`${path}/settings`, { location_id: row.location_id, lead_time_days: 60, moq: 50, pack_size: 12 })
    expect(status).toBe(200)
    const after = at(body)
    expect(after.own_settings).toMatchObject({ lead_time_days: 60, moq: 50, pack_size: 12, review_days: null })
    expect(after.advice!.reorder_point).toBeGreaterThan(before.advice!.reorder_point)
    expect(after.advice!.order_quantity % 12).toBe(0)
    expect(after.advice!.assumed).not.toContain("lead_time_days")
    expect(before.advice!.assumed).toContain("lead_time_days")
    const reset = at((await admin.post<ItemAdviceAnswer>(`${path}/settings`, { location_id: row.location_id, lead_time_days: null, moq: null, pack_size: null })).body)
    expect(reset.advice!.reorder_point).toBe(before.advice!.reorder_point)
  })

  it.each([
    ["text for a number", { lead_time_days: "ten" }],
    ["a service level of 1", { service_level: 1 }],
    ["an unknown field", { colour: 1 }],
  ])("refuses settings with %s", async (_case, change) => {
    const { inventory_item_id: item, location_id } = list.advice[0]!
    expect((await admin.post(`/admin/foresight/inventory-items/${item}/settings`, { location_id, ...change })).status).toBe(400)
  })

  it("follows a change of stock at once with the same item's row", async () => {
    const row = list.advice.find(({ status }) => status === "order")!
    const level = `/admin/inventory-items/${row.inventory_item_id}/location-levels/${row.location_id}`
    await admin.post(level, { stocked_quantity: row.stock.on_hand + 100_000 })
    try {
      const changed = await eventually(async () => {
        const { body } = await admin.get<AdviceListAnswer>(`/admin/foresight/advice?q=${encodeURIComponent(row.sku!)}&location_id=${row.location_id}`)
        const { status } = body.advice.find((one) => one.inventory_item_id === row.inventory_item_id)!
        return status !== "order" && status
      })
      expect(changed).toBe("surplus")
    } finally {
      await admin.post(level, { stocked_quantity: row.stock.on_hand })
    }
  })

  it("answers for a product's variants", async () => {
    const row = list.advice.find(({ product_ids: ids }) => ids.length === 1)!
    const { body } = await admin.get<ProductAdviceAnswer>(`/admin/foresight/products/${row.product_ids[0]}/advice`)
    expect(body.variants.flatMap((variant) => variant.inventory_items.map(({ item }) => item.inventory_item_id))).toContain(row.inventory_item_id)
  })

  it("says 404 for what is not there", async () => {
    const odd = ["inventory-items/%00/advice", "products/prod_%00/advice", "trainings/%00"] // Postgres takes no NUL
    for (const path of ["inventory-items/iitem_x/advice", "products/prod_x/advice", "trainings/x", "trainings/00000000-0000-4000-8000-000000000000", ...odd]) {
      expect([path, (await admin.get(`/admin/foresight/${path}`)).status]).toEqual([path, 404])
    }
  })

  it("knows how its parts are", async () => {
    // each part is asked with a deadline of its own
    await until(async () => {
      const { body } = await admin.get<HealthAnswer>("/admin/foresight/health")
      expect(body).toMatchObject({ database: { ok: true }, temporal: { ok: true }, worker: { ok: true } })
    })
  })
})
