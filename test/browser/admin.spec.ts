import type { Browser, Page } from "playwright-core"
import type { AdviceListAnswer } from "../../src/api/answers"
import { launchBrowser, loggedInPage } from "../support/browser"
import { adminApi, testStore } from "../support/store"

const store = testStore()

jest.setTimeout(300_000)

describe("the admin in Chromium", () => {
  let browser: Browser
  let page: Page
  let advice: AdviceListAnswer["advice"]
  const problems: string[] = []

  beforeAll(async () => {
    advice = (await (await adminApi()).get<AdviceListAnswer>("/admin/foresight/advice?status=order&limit=20")).body.advice
    browser = await launchBrowser()
    page = await loggedInPage(browser)
    page.on("pageerror", (error) => problems.push(error.message))
  })
  afterAll(() => browser?.close())

  it("shows what to order, riskiest first, and leads to the item", async () => {
    await page.goto(`${store.url}/app/foresight`)
    const rows = page.getByTestId("advice-row")
    await rows.first().waitFor()
    expect(await rows.count()).toBeGreaterThan(5)
    await page.getByTestId("tile-order").click()
    await page.getByTestId("advice-search").fill(advice[0]!.sku!)
    await page.waitForFunction((sku) => Array.from(document.querySelectorAll('[data-testid="advice-row"]')).every((row) => row.textContent?.includes(sku)), advice[0]!.sku!)
    await rows.first().getByRole("link").first().click()
    await page.waitForURL(/\/inventory\//)
  })

  it("explains the quantity on the item's page by a ledger that adds up", async () => {
    const { inventory_item_id: item, location_id: location } = advice[0]!
    await page.goto(`${store.url}/app/inventory/${item}`)
    const widget = page.getByTestId("foresight-inventory-widget")
    const place = widget.locator(`[data-testid="location-advice"][data-location="${location}"]`)
    await place.getByTestId("ledger").waitFor()
    const quantities = await place.getByTestId("ledger-line").evaluateAll((lines) => lines.map((line) => Number(line.getAttribute("data-quantity"))))
    const total = quantities.reduce((sum, quantity) => sum + Math.round(quantity * 1000), 0) / 1000
    expect(Number((await place.getByTestId("order-quantity").innerText()).replace(/[^\d.]/g, ""))).toBe(total)
    await place.getByTestId("demand-chart").waitFor()
    expect(await place.getByTestId("assumed").count()).toBeGreaterThan(0)
    expect(await place.getByTestId("computed-by").innerText()).not.toBe("")
  })

  it("changes the item's settings in place and says which field is wrong", async () => {
    const place = page.locator(`[data-testid="location-advice"][data-location="${advice[0]!.location_id}"]`)
    await place.getByTestId("edit-settings").click()
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
    const { body } = await (await adminApi()).post<object>(`/admin/foresight/inventory-items/${advice[0]!.inventory_item_id}/settings`, { location_id: advice[0]!.location_id })
    expect(JSON.stringify(body)).toContain('"lead_time_days":30')
    await (await adminApi()).post(`/admin/foresight/inventory-items/${advice[0]!.inventory_item_id}/settings`, { location_id: advice[0]!.location_id, lead_time_days: null })
  })

  it("shows a product's variants with what to order of each", async () => {
    await page.goto(`${store.url}/app/products/${advice[0]!.product_ids[0]}`)
    const widget = page.getByTestId("foresight-product-widget")
    await widget.getByTestId("variant-advice").first().waitFor()
  })

  it("starts a training, follows it live and shows the gate's decision beside the baselines", async () => {
    await page.goto(`${store.url}/app/foresight/trainings`)
    await page.getByTestId("foresight-trainings").waitFor()
    await page.getByTestId("training-kind").click()
    await page.getByRole("option").nth(2).click()
    await page.getByTestId("start-training").click()
    // The page shows an earlier run until the new one is there, so everything is read of the run that the address names.
    await page.waitForURL((url) => url.searchParams.has("run"))
    const run = page.locator(`[data-testid="training-details"][data-training="${new URL(page.url()).searchParams.get("run")}"]`)
    await run.locator(["promoted", "kept", "failed"].map((state) => `[data-testid="training-status"] [data-status="${state}"]`).join(", ")).waitFor({ timeout: 240_000 })
    expect(["promoted", "kept"]).toContain(await run.getByTestId("training-status").locator("[data-status]").getAttribute("data-status"))
    await run.getByTestId("gate-decision").waitFor()
    expect(await page.getByTestId("model-row").count()).toBeGreaterThan(0)
  })

  it("stays usable on a phone and in the dark", async () => {
    const phone = await loggedInPage(browser, { viewport: { width: 390, height: 844 }, colorScheme: "dark" })
    await phone.goto(`${store.url}/app/foresight`)
    await phone.getByTestId("advice-row").first().waitFor()
    const overflow = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(1)
    await phone.context().close()
  })

  it("threw no error on any page", () => expect(problems).toEqual([]))
})
