import { randomUUID } from "node:crypto"
import type { DataAnswer, SetAsideListAnswer } from "../../src/api/answers"
import { PATIENCE_MS, untilItFits, useAdminBrowser } from "../support/browser"
import { eventually } from "../support/eventually"
import { oneDay } from "../support/one-day"
import { adminApi, storefrontApi, testStore } from "../support/store"

const store = testStore()

jest.setTimeout(3 * PATIENCE_MS)

describe("the page Data in Chromium", () => {
  const admin = useAdminBrowser()
  beforeEach(oneDay)

  /** A reason for which lines are set aside now, and its newest line. */
  async function setAside() {
    const api = await adminApi()
    const { body } = await api.get<DataAnswer>("/admin/foresight/data")
    const reason = Object.entries(body.set_aside).find(([, count]) => count > 0)![0]
    const [line] = (await api.get<SetAsideListAnswer>(`/admin/foresight/data/excluded?reason=${reason}&limit=1`)).body.lines
    return { reason, line: { day: line!.day, event_id: line!.event_id } }
  }

  it("is reached from Foresight and shows sources, chart, lines and imports", async () => {
    const { page } = admin
    await page.goto(`${store.url}/app/foresight`)
    await page.locator('a[href$="/foresight/data"]').last().click()
    await page.getByTestId("arrivals-chart").waitFor()
    for (const source of ["medusa", "storefront", "import"]) await page.getByTestId(`today-${source}`).waitFor()
    await page.getByTestId("import-history").waitFor()
    await page.getByTestId("set-aside-row").first().waitFor()
  })

  it("shows an event that arrives without a reload", async () => {
    const { page } = admin
    await page.goto(`${store.url}/app/foresight/data`)
    const shown = async () => Number((await page.getByTestId("today-storefront").innerText()).replace(/\D/g, ""))
    const before = await shown()
    const shop = await storefrontApi()
    const { body } = await shop.get<{ products: { id: string }[] }>("/store/products?limit=1")
    await shop.post("/store/foresight/events", {
      events: [{ event_id: randomUUID(), name: "view_item", timestamp: new Date().toISOString(), session_id: randomUUID(), items: [{ item_id: body.products[0]!.id }] }],
    })
    await page.waitForFunction(
      (least) => Number((document.querySelector('[data-testid="today-storefront"]')?.textContent ?? "").replace(/\D/g, "")) > least,
      before
    )
  })

  it("restores a line by one click, undoes it, and keeps who did it", async () => {
    const { page } = admin
    const { reason, line } = await setAside()
    await page.goto(`${store.url}/app/foresight/data`)
    await page.getByTestId(`reason-${reason}`).click()
    const own = page.locator(`[data-testid="set-aside-row"][data-reason="${reason}"][data-event="${line.event_id}"]`)
    // "Undo" is offered for seconds only: once more where the machine paused just then
    await eventually(async () => {
      await own.getByTestId("restore-line").click()
      await own.waitFor({ state: "detached" })
      const undo = page.getByRole("button", { name: "Undo" }).first()
      const isUndone = await undo.click({ timeout: 10_000 }).then(
        () => true,
        () => false
      )
      if (!isUndone) await (await adminApi()).post("/admin/foresight/data/excluded", { lines: [line] })
      await own.getByTestId("restore-line").waitFor()
      return isUndone
    })
    await own.filter({ hasText: "by user_" }).waitFor()
  })

  it("offers to restore all lines of a reason only while the list shows all of them", async () => {
    const { page } = admin
    const { reason } = await setAside()
    await page.goto(`${store.url}/app/foresight/data`)
    await page.getByTestId(`reason-${reason}`).click()
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
    const { page } = admin
    await page.goto(`${store.url}/app/foresight/data`)
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

  it("stays usable on a phone and in the dark", () =>
    admin.onPhone(async (phone) => {
      await phone.goto(`${store.url}/app/foresight/data`)
      await phone.getByTestId("arrivals-chart").waitFor()
      await untilItFits(phone)
    }))

  it("threw no error", () => expect(admin.problems).toEqual([]))
})
