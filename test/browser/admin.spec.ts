import type { AdviceListAnswer } from "../../src/api/answers"
import { PATIENCE_MS, untilItFits, useAdminBrowser } from "../support/browser"
import { adminApi, testStore } from "../support/store"

const store = testStore()

jest.setTimeout(3 * PATIENCE_MS)

describe("the admin in Chromium", () => {
  const admin = useAdminBrowser()
  let advice: AdviceListAnswer["advice"]

  beforeAll(async () => {
    advice = (await (await adminApi()).get<AdviceListAnswer>("/admin/foresight/advice?status=order&limit=20")).body.advice
  })

  it("shows what to order, riskiest first, and leads to the item", async () => {
    const { page } = admin
    await page.goto(`${store.url}/app/foresight`)
    const rows = page.getByTestId("advice-row")
    await rows.nth(5).waitFor()
    await page.getByTestId("tile-order").click()
    await page.getByTestId("advice-search").fill(advice[0]!.sku!)
    await page.waitForFunction((sku) => {
      const found = Array.from(document.querySelectorAll('[data-testid="advice-row"]'))
      return found.length > 0 && found.every((row) => row.textContent?.includes(sku))
    }, advice[0]!.sku!)
    await rows.first().getByRole("link").first().click()
    await page.waitForURL(/\/inventory\//)
  })

  it("explains the quantity on the item's page by a ledger that adds up", async () => {
    const { page } = admin
    const { inventory_item_id: item, location_id: location } = advice[0]!
    await page.goto(`${store.url}/app/inventory/${item}`)
    const widget = page.getByTestId("foresight-inventory-widget")
    const place = widget.locator(`[data-testid="location-advice"][data-location="${location}"]`)
    await place.getByTestId("ledger").waitFor()
    // in one look: the widget follows the stock
    const [quantities, shown] = await place.evaluate((element) => [
      Array.from(element.querySelectorAll('[data-testid="ledger-line"]'), (line) => Number(line.getAttribute("data-quantity"))),
      element.querySelector('[data-testid="order-quantity"]')?.textContent ?? "",
    ] as const)
    const total = quantities.reduce((sum, quantity) => sum + Math.round(quantity * 1000), 0) / 1000
    expect(Number(shown.replace(/[^\d.]/g, ""))).toBe(total)
    await place.getByTestId("demand-chart").waitFor()
    await place.getByTestId("assumed").first().waitFor()
    await place.getByTestId("computed-by").filter({ hasText: /./ }).waitFor()
  })

  it("changes the item's settings in place and says which field is wrong", async () => {
    const { page } = admin
    const { inventory_item_id: item, location_id: location } = advice[0]!
    await page.goto(`${store.url}/app/inventory/${item}`)
    await page.locator(`[data-testid="location-advice"][data-location="${location}"]`).getByTestId("edit-settings").click()
    const drawer = page.getByTestId("settings-drawer")
    await drawer.waitFor()
    const leadTime = page.locator("#foresight-lead_time_days")
    const isDefault = page.locator("#foresight-lead_time_days-default")
    if (await isDefault.isChecked()) await isDefault.click()
    await leadTime.fill("4000")
    await page.getByTestId("save-settings").click()
    await page.getByTestId("problem-lead_time_days").waitFor()
    await leadTime.fill("30")
    await page.getByTestId("save-settings").click()
    await drawer.waitFor({ state: "hidden" })
    const api = await adminApi()
    const { body } = await api.post<object>(`/admin/foresight/inventory-items/${item}/settings`, { location_id: location })
    expect(JSON.stringify(body)).toContain('"lead_time_days":30')
    await api.post(`/admin/foresight/inventory-items/${item}/settings`, { location_id: location, lead_time_days: null })
  })

  it("shows a product's variants with what to order of each", async () => {
    const { page } = admin
    await page.goto(`${store.url}/app/products/${advice[0]!.product_ids[0]}`)
    const widget = page.getByTestId("foresight-product-widget")
    await widget.getByTestId("variant-advice").first().waitFor()
  })

  it("starts a training, follows it live and shows the gate's decision beside the baselines", async () => {
    const { page } = admin
    await page.goto(`${store.url}/app/foresight/trainings`)
    await page.getByTestId("foresight-trainings").waitFor()
    await page.getByTestId("training-kind").click()
    await page.getByRole("option").nth(2).click()
    await page.getByTestId("start-training").click()
    // The page shows an earlier run until the new one is there, so everything is read of the run that the address names.
    await page.waitForURL((url) => url.searchParams.has("run"))
    const run = page.locator(`[data-testid="training-details"][data-training="${new URL(page.url()).searchParams.get("run")}"]`)
    await run.locator(["promoted", "kept", "failed"].map((state) => `[data-testid="training-status"] [data-status="${state}"]`).join(", ")).waitFor({ timeout: 2 * PATIENCE_MS })
    expect(["promoted", "kept"]).toContain(await run.getByTestId("training-status").locator("[data-status]").getAttribute("data-status"))
    await run.getByTestId("gate-decision").waitFor()
    await page.getByTestId("model-row").first().waitFor()
  }, 5 * PATIENCE_MS)

  it("stays usable on a phone and in the dark", () =>
    admin.onPhone(async (phone) => {
      await phone.goto(`${store.url}/app/foresight`)
      await phone.getByTestId("advice-row").first().waitFor()
      await untilItFits(phone)
    }))

  it("threw no error on any page", () => expect(admin.problems).toEqual([]))
})
