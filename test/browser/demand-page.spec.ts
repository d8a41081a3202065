import { randomUUID } from "node:crypto"
import type { DemandListAnswer, DemandOverrideListAnswer, DemandSeriesAnswer, DemandWhatIfAnswer, NewcomerListAnswer } from "../../src/api/answers"
import { loggedInPage, PATIENCE_MS, untilItFits, useAdminBrowser } from "../support/browser"
import { eventually } from "../support/eventually"
import { adminApi, testStore } from "../support/store"

const store = testStore()

jest.setTimeout(3 * PATIENCE_MS)

describe("the page Demand in Chromium", () => {
  const admin = useAdminBrowser()

  /** Opens the variant of which most is expected by its row; each test begins so, whatever the one before left on the page. */
  async function openVariant(): Promise<DemandListAnswer["demand"][number]> {
    const { page } = admin
    const [line] = (await (await adminApi()).get<DemandListAnswer>("/admin/foresight/demand?level=variant&limit=1")).body.demand
    await page.goto(`${store.url}/app/foresight/demand?level=variant`)
    await page.locator(`[data-testid="demand-row"][data-id="${line!.id}"]`).getByRole("button").click()
    await page.locator(`[data-testid="demand-detail"][data-id="${line!.id}"] [data-testid="demand-sentence"]`).waitFor()
    return line!
  }

  it("is reached from Foresight and opens with the whole shop", async () => {
    const { page } = admin
    await page.goto(`${store.url}/app/foresight`)
    await page.locator('a[href$="/foresight/demand"]').last().click()
    await page.getByTestId("demand-outlook-chart").waitFor()
    expect(await page.getByTestId("demand-detail-title").innerText()).toBe("The whole shop")
    await page.getByTestId("demand-row").first().waitFor()
    const { channels } = (await (await adminApi()).get<DemandSeriesAnswer>("/admin/foresight/demand/series?level=shop&id=all")).body
    const shown = await page.getByTestId("demand-channels").getByTestId("demand-channel").allInnerTexts()
    expect(shown.map((text) => text.split("\t")[0])).toEqual(channels.map(({ name }) => name))
    await page.getByTestId("demand-accuracy").getByRole("heading").waitFor()
    await page.getByTestId("demand-surprises").getByRole("heading").first().waitFor()
    await page.getByTestId("past-overrides").waitFor()
  })

  it("has every number of the chart in a table", async () => {
    const { page } = admin
    const api = await adminApi()
    // once more where the worker counted days anew between page and answer
    await eventually(async () => {
      await page.goto(`${store.url}/app/foresight/demand`)
      await page.getByTestId("demand-outlook-chart").waitFor()
      const shown = (await page.getByTestId("demand-sold").innerText()).replace(/\D/g, "")
      const { body } = await api.get<DemandListAnswer>("/admin/foresight/demand?level=shop")
      return shown === String(Math.round(body.demand[0]!.sold))
    }, PATIENCE_MS)
    await page.getByTestId("demand-weeks-toggle").click()
    await page.getByTestId("demand-weeks").locator("tbody tr").nth(52).waitFor()
    await page.getByTestId("demand-weeks-toggle").click()
    await page.getByTestId("demand-weeks").waitFor({ state: "detached" })
  })

  it("goes from products to variants by the keyboard, finds one and opens it", async () => {
    const { page } = admin
    await page.goto(`${store.url}/app/foresight/demand`)
    await page.getByTestId("level-product").focus()
    await page.keyboard.press("ArrowRight")
    await page.waitForURL(/level=variant/)
    await page.getByTestId("demand-class").waitFor()
    // the products' rows stay until the variants' have come
    const id = await page.locator('[data-testid="demand-row"][data-id^="variant_"]').first().getAttribute("data-id")
    const row = page.locator(`[data-testid="demand-row"][data-id="${id}"]`)
    await row.getByRole("button").press("Enter")
    await page.locator(`[data-testid="demand-detail"][data-id="${id}"] [data-testid="demand-sentence"]`).waitFor()
    // from the long run by each reason to what is expected, line by line
    const reasons = page.locator(`[data-testid="demand-detail"][data-id="${id}"] [data-testid="demand-reasons"]`)
    const { body } = await (await adminApi()).get<DemandSeriesAnswer>(`/admin/foresight/demand/series?level=variant&id=${id}`)
    await reasons.getByTestId("demand-reasons-long-run").waitFor()
    const shown = body.reasons!.reasons.filter(({ units }) => Math.abs(units) >= 0.05)
    expect(await reasons.getByTestId("demand-reason").evaluateAll((lines) => lines.map((line) => line.getAttribute("data-group")))).toEqual(shown.map(({ group }) => group))
    expect(await reasons.getByTestId("demand-reasons-sentence").innerText()).toMatch(/^The next 4 weeks should sell about /)
    await page.getByTestId("demand-search").fill("no item is called this")
    await page.getByTestId("demand-no-match").waitFor()
    await page.getByTestId("demand-search").fill("")
    await row.waitFor()
  })

  it("sets a forecast by hand, says what is wrong with one, and ends it", async () => {
    const { page } = admin
    const api = await adminApi()
    const note = `a fair ${randomUUID()}` // one of its own each time
    const line = await openVariant()
    await page.getByTestId("set-override").click()
    const drawer = page.getByTestId("override-drawer")
    await drawer.waitFor()
    await page.locator("#foresight-override-value").fill("many")
    await page.getByTestId("save-override").click()
    await page.getByTestId("override-problem").waitFor()
    await page.locator("#foresight-override-value").fill("250")
    await page.getByTestId("override-kind").click()
    await page.getByRole("option").nth(1).click()
    await page.locator("#foresight-override-note").fill(note)
    await page.getByTestId("save-override").click()
    await drawer.waitFor({ state: "hidden" })
    const row = page.getByTestId("override-row").filter({ hasText: note })
    expect(await row.innerText()).toMatch(/250%[\s\S]*by user_[\s\S]*a fair/)
    const held = await api.get<DemandOverrideListAnswer>("/admin/foresight/demand/overrides")
    expect(held.body.overrides.filter((one) => one.note === note)).toMatchObject([{ factor: 2.5, variant_id: line.id }])
    await row.getByTestId("end-override").click()
    await page.getByRole("alertdialog").getByRole("button", { name: "End" }).click()
    await row.waitFor({ state: "detached" })
  })

  it("asks what would be at another price, and says so or what is missing", async () => {
    const { page } = admin
    const { id } = await openVariant()
    const panel = page.getByTestId("what-if-panel")
    await page.locator("#foresight-what-if-percent").fill("free")
    await page.getByTestId("ask-what-if").click()
    await page.getByTestId("what-if-problem").waitFor()
    await page.locator("#foresight-what-if-percent").fill("−10")
    await page.getByTestId("ask-what-if").click()
    const { body } = await (await adminApi()).get<DemandWhatIfAnswer>(`/admin/foresight/demand/what-if?variant_id=${id}&price_change=-0.1&weeks=2`)
    await panel.getByTestId(body.with ? "what-if-answer" : "what-if-refusal").waitFor()
    if (body.with && body.with.mean >= 10) expect((await panel.getByTestId("what-if-with").innerText()).replaceAll(",", "")).toContain(String(Math.round(body.with.mean)))
  })

  it("links a replaced item, says from whom this one inherits, and ends it", async () => {
    const { page } = admin
    const { id } = await openVariant()
    const panel = page.getByTestId("replacement-panel")
    const { body } = await (await adminApi()).get<DemandListAnswer>("/admin/foresight/demand?level=variant&limit=20")
    const other = body.demand.find((line) => line.id !== id && line.sku !== null)!
    await panel.getByTestId("set-replacement").click()
    const drawer = page.getByTestId("replacement-drawer")
    await drawer.getByTestId("save-replacement").click()
    await drawer.getByTestId("replacement-problem").waitFor()
    await drawer.getByTestId("variant-search").fill(other.sku!)
    await drawer.getByTestId("variant-choice").filter({ hasText: other.sku! }).getByRole("radio").first().click()
    await drawer.getByTestId("save-replacement").click()
    await drawer.waitFor({ state: "hidden" })
    const row = panel.getByTestId("replacement-row").filter({ hasText: other.sku! })
    expect(await row.innerText()).toMatch(new RegExp(`Inherits from[\\s\\S]*${other.sku}[\\s\\S]*by user_`))
    await row.getByTestId("end-replacement").click()
    await page.getByRole("alertdialog").getByRole("button", { name: "End" }).click()
    await row.waitFor({ state: "detached" })
  })

  it("lists what is new beside what others sold when they were new, and says so on its own page", async () => {
    const { page } = admin
    const [newcomer] = (await (await adminApi()).get<NewcomerListAnswer>("/admin/foresight/demand/newcomers")).body.newcomers
    await page.goto(`${store.url}/app/foresight/demand`)
    const row = page.getByTestId("newcomers").locator(`[data-testid="newcomer-row"][data-id="${newcomer!.variant_id}"]`)
    const text = await row.innerText()
    for (const { title } of newcomer!.of_title) expect(text).toContain(title)
    expect(text).toContain(`${newcomer!.of_category} other`)
    await row.getByRole("link").click()
    const note = page.getByTestId("foresight-variant-widget").getByTestId("newcomer-note")
    expect(await note.innerText()).toMatch(/Such items sold about [\d.]+ a week when they were new/)
  })

  it("shows the chart on the pages of product and variant, with the way back here", async () => {
    const { page } = admin
    const [line] = (await (await adminApi()).get<DemandListAnswer>("/admin/foresight/demand?level=variant&limit=1")).body.demand
    await page.goto(`${store.url}/app/products/${line!.product_id}/variants/${line!.id}`)
    const widget = page.getByTestId("foresight-variant-widget")
    await widget.getByTestId("demand-outlook-chart").waitFor()
    await page.goto(`${store.url}/app/products/${line!.product_id}`)
    await page.getByTestId("foresight-product-widget").getByTestId("demand-summary").locator("a").click()
    await page.locator(`[data-testid="demand-detail"][data-id="${line!.product_id}"] [data-testid="demand-outlook-chart"]`).waitFor()
  })

  it("says what to do where nothing is forecast, and what failed", async () => {
    const other = await loggedInPage(admin.browser)
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

  it("stays usable on a phone and in the dark", () =>
    admin.onPhone(async (phone) => {
      await phone.goto(`${store.url}/app/foresight/demand`)
      await phone.getByTestId("demand-outlook-chart").waitFor()
      await phone.getByTestId("demand-row").first().waitFor()
      await untilItFits(phone)
    }))

  it("threw no error", () => expect(admin.problems).toEqual([]))
})
