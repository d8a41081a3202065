import type { Browser, Page } from "playwright-core"
import type { DemandListAnswer, DemandOverrideListAnswer } from "../../src/api/answers"
import { launchBrowser, loggedInPage } from "../support/browser"
import { adminApi, testStore } from "../support/store"

const store = testStore()

jest.setTimeout(300_000)

describe("the page Demand in Chromium", () => {
  let browser: Browser
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
    page = await loggedInPage(browser)
    page.on("pageerror", (error) => problems.push(error.message))
  })
  afterAll(() => browser?.close())

  it("is reached from Foresight and opens with the whole shop", async () => {
    await page.goto(`${store.url}/app/foresight`)
    await page.locator('a[href$="/foresight/demand"]').last().click()
    await page.getByTestId("demand-outlook-chart").waitFor()
    expect(await page.getByTestId("demand-detail-title").innerText()).toBe("The whole shop")
    await page.getByTestId("demand-row").first().waitFor()
    await page.getByTestId("demand-accuracy").getByRole("heading").waitFor()
    await page.getByTestId("demand-surprises").getByRole("heading").first().waitFor()
    await page.getByTestId("past-overrides").waitFor()
  })

  it("has every number of the chart in a table", async () => {
    await page.getByTestId("demand-weeks-toggle").click()
    const { body } = await (await adminApi()).get<DemandListAnswer>("/admin/foresight/demand?level=shop")
    expect(await page.getByTestId("demand-weeks").locator("tbody tr").count()).toBeGreaterThan(52)
    expect((await page.getByTestId("demand-sold").innerText()).replace(/\D/g, "")).toBe(String(Math.round(body.demand[0]!.sold)))
    await page.getByTestId("demand-weeks-toggle").click()
    await page.getByTestId("demand-weeks").waitFor({ state: "detached" })
  })

  it("goes from products to variants by the keyboard, finds one and opens it", async () => {
    await page.getByTestId("level-product").focus()
    await page.keyboard.press("ArrowRight")
    await page.waitForURL(/level=variant/)
    await page.getByTestId("demand-class").waitFor()
    // the products' rows stay until the variants' have come
    const row = page.locator('[data-testid="demand-row"][data-id^="variant_"]').first()
    await row.waitFor()
    const id = await row.getAttribute("data-id")
    await row.getByRole("button").press("Enter")
    await page.locator(`[data-testid="demand-detail"][data-id="${id}"] [data-testid="demand-sentence"]`).waitFor()
    await page.getByTestId("demand-search").fill("no item is called this")
    await page.getByTestId("demand-no-match").waitFor()
    await page.getByTestId("demand-search").fill("")
    await row.waitFor()
  })

  it("sets a forecast by hand, says what is wrong with one, and ends it", async () => {
    await page.getByTestId("set-override").click()
    const drawer = page.getByTestId("override-drawer")
    await drawer.waitFor()
    await page.locator("#foresight-override-value").fill("many")
    await page.getByTestId("save-override").click()
    await page.getByTestId("override-problem").waitFor()
    await page.locator("#foresight-override-value").fill("250")
    await page.getByTestId("override-kind").click()
    await page.getByRole("option").nth(1).click()
    await page.locator("#foresight-override-note").fill("a fair")
    await page.getByTestId("save-override").click()
    await drawer.waitFor({ state: "hidden" })
    const row = page.getByTestId("override-row")
    await row.waitFor()
    expect(await row.innerText()).toMatch(/250%[\s\S]*by user_[\s\S]*a fair/)
    const held = await (await adminApi()).get<DemandOverrideListAnswer>("/admin/foresight/demand/overrides")
    expect(held.body.overrides).toMatchObject([{ factor: 2.5, note: "a fair" }])
    await row.getByTestId("end-override").click()
    await page.getByRole("button", { name: "End" }).last().click()
    await row.waitFor({ state: "detached" })
  })

  it("shows the chart on the pages of product and variant, with the way back here", async () => {
    const { body } = await (await adminApi()).get<DemandListAnswer>("/admin/foresight/demand?level=variant&limit=1")
    const [line] = body.demand
    await page.goto(`${store.url}/app/products/${line!.product_id}/variants/${line!.id}`)
    const widget = page.getByTestId("foresight-variant-widget")
    await widget.getByTestId("demand-outlook-chart").waitFor()
    await page.goto(`${store.url}/app/products/${line!.product_id}`)
    await page.getByTestId("foresight-product-widget").getByTestId("demand-summary").locator("a").click()
    await page.locator(`[data-testid="demand-detail"][data-id="${line!.product_id}"] [data-testid="demand-outlook-chart"]`).waitFor()
  })

  it("says what to do where nothing is forecast, and what failed", async () => {
    const other = await loggedInPage(browser)
    const empty = { demand: [], count: 0, limit: 15, offset: 0, level: "product", first_day: null, series: 0, model: null, took_ms: 1 }
    await other.route(/\/admin\/foresight\/demand\?/, (route) => route.fulfill({ json: empty }))
    await other.goto(`${store.url}/app/foresight/demand`)
    await other.getByTestId("demand-empty").waitFor()
    await other.unroute(/\/admin\/foresight\/demand\?/)
    await other.route(/\/admin\/foresight\/demand\/surprises/, (route) => route.fulfill({ status: 503, json: { type: "service_unavailable", message: "away" } }))
    await other.reload()
    await other.getByTestId("demand-surprises").getByRole("alert").waitFor()
    await other.getByTestId("demand-outlook-chart").waitFor() // the rest stands
    await other.context().close()
  })

  it("stays usable on a phone and in the dark", async () => {
    const phone = await loggedInPage(browser, { viewport: { width: 390, height: 844 }, colorScheme: "dark" })
    await phone.goto(`${store.url}/app/foresight/demand`)
    await phone.getByTestId("demand-outlook-chart").waitFor()
    await phone.getByTestId("demand-row").first().waitFor()
    expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(1)
    await phone.context().close()
  })

  it("threw no error", () => expect(problems).toEqual([]))
})
