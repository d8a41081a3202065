import { randomUUID } from "node:crypto"
import type { Browser, Page } from "playwright-core"
import type { DataAnswer } from "../../src/api/answers"
import { launchBrowser, loggedInPage } from "../support/browser"
import { adminApi, storefrontApi, testStore } from "../support/store"

const store = testStore()

jest.setTimeout(300_000)

describe("the page Data in Chromium", () => {
  let browser: Browser
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
    page = await loggedInPage(browser)
    page.on("pageerror", (error) => problems.push(error.message))
  })
  afterAll(() => browser?.close())

  it("is reached from Foresight and shows sources, chart, lines and imports", async () => {
    await page.goto(`${store.url}/app/foresight`)
    await page.locator('a[href$="/foresight/data"]').last().click()
    await page.getByTestId("arrivals-chart").waitFor()
    for (const source of ["medusa", "storefront", "import"]) await page.getByTestId(`today-${source}`).waitFor()
    await page.getByTestId("import-history").waitFor()
    await page.getByTestId("set-aside-row").first().waitFor()
  })

  it("shows an event that arrives without a reload", async () => {
    const shown = async () => Number((await page.getByTestId("today-storefront").innerText()).replace(/\D/g, ""))
    const before = await shown()
    const shop = await storefrontApi()
    const { body } = await shop.get<{ products: { id: string }[] }>("/store/products?limit=1")
    await shop.post("/store/foresight/events", {
      events: [{ event_id: randomUUID(), name: "view_item", timestamp: new Date().toISOString(), session_id: randomUUID(), items: [{ item_id: body.products[0]!.id }] }],
    })
    await page.waitForFunction(
      (least) => Number((document.querySelector('[data-testid="today-storefront"]')?.textContent ?? "").replace(/\D/g, "")) > least,
      before,
      { timeout: 20_000 }
    )
  })

  it("restores a line by one click, undoes it, and keeps who did it", async () => {
    const { body } = await (await adminApi()).get<DataAnswer>("/admin/foresight/data")
    const reason = Object.entries(body.set_aside).find(([, count]) => count > 0)![0]
    await page.getByTestId(`reason-${reason}`).click()
    const row = page.locator(`[data-testid="set-aside-row"][data-reason="${reason}"]`).first()
    await row.waitFor()
    const id = await row.getAttribute("data-event")
    const own = page.locator(`[data-testid="set-aside-row"][data-event="${id}"]`)
    await own.getByTestId("restore-line").click()
    await own.waitFor({ state: "detached" })
    await page.getByRole("button", { name: "Undo" }).first().click()
    await own.getByTestId("restore-line").waitFor()
    expect(await own.innerText()).toContain("by user_")
  })

  it("offers to restore all lines of a reason only while the list shows all of them", async () => {
    const all = page.getByTestId("restore-all")
    await all.waitFor()
    await page.getByTestId("set-aside-search").fill("no line has this")
    await all.waitFor({ state: "detached" })
    await page.getByTestId("set-aside-search").fill("")
    await all.waitFor()
    await page.getByTestId("set-aside-source").click()
    await page.getByRole("option").nth(1).click()
    await all.waitFor({ state: "detached" })
    await page.getByTestId("set-aside-source").click()
    await page.getByRole("option").first().click()
    await all.waitFor()
  })

  it("changes the cleaning rules and says what is wrong with one", async () => {
    await page.getByTestId("cleaning-settings").click()
    const drawer = page.getByTestId("cleaning-drawer")
    const domains = page.locator("#foresight-test-email_domains")
    await domains.fill("not a domain")
    await page.getByTestId("save-cleaning").click()
    await page.getByText(/expected a domain/).first().waitFor()
    await domains.fill("agency.example")
    await page.getByTestId("save-cleaning").click()
    await drawer.waitFor({ state: "hidden" })
    await (await adminApi()).post("/admin/foresight/data/settings", { test_orders: {}, duplicates: "count" })
  })

  it("stays usable on a phone and in the dark", async () => {
    const phone = await loggedInPage(browser, { viewport: { width: 390, height: 844 }, colorScheme: "dark" })
    await phone.goto(`${store.url}/app/foresight/data`)
    await phone.getByTestId("arrivals-chart").waitFor()
    expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(1)
    await phone.context().close()
  })

  it("threw no error", () => expect(problems).toEqual([]))
})
