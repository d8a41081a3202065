/// <reference lib="dom" />
import { readFileSync } from "node:fs"
import { request } from "node:http"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "pg"
import type { Browser, Page } from "playwright-core"
import type { Consent, TrackedEvent } from "../../src/client"
import { launchBrowser, PATIENCE_MS } from "../support/browser"
import { eventually } from "../support/eventually"
import { testStore } from "../support/store"

const store = testStore()

jest.setTimeout(3 * PATIENCE_MS)

/** One stored event, as far as these tests look at it. */
interface Row {
  name: string
  product_id: string | null
  visitor_id: string | null
  cart_id: string | null
  search_term: string | null
  properties: { recommendation_id?: string; item_list_id?: string; index?: number } | null
}

describe("the demo's storefront in Chromium", () => {
  let browser: Browser
  let database: Client
  const problems: string[] = []

  beforeAll(async () => {
    database = new Client({ connectionString: store.databaseUrl })
    await database.connect()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await database?.end()
  })

  /** A new visitor at the shop's door. */
  async function visit(consent: Consent | null, path = "/"): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-US" })
    // about:blank has no storage.
    if (consent) await context.addInitScript((chosen) => void (location.protocol === "http:" && localStorage.setItem("shop.consent", chosen)), consent)
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    page.on("pageerror", (error) => problems.push(error.message))
    await page.goto(store.storefrontUrl + path)
    await page.getByTestId("consent").waitFor()
    return page
  }
  /** What the page posts from now on. */
  function listen(page: Page): TrackedEvent[] {
    const events: TrackedEvent[] = []
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith("/store/foresight/events")) events.push(...(request.postDataJSON() as { events: TrackedEvent[] }).events)
    })
    return events
  }
  const sessionOf = (page: Page) => page.evaluate(() => sessionStorage.getItem("foresight.session")?.split("|")[0] ?? "")
  const keptBy = (page: Page) => page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key.startsWith("foresight.")))
  const firstProduct = (page: Page) => page.getByTestId("product-list").getByTestId("product-card").first()

  async function rowsOf(sessionId: string): Promise<Row[]> {
    const { rows } = await database.query<Row>("SELECT name, product_id, visitor_id, cart_id, search_term, properties FROM foresight.event WHERE session_id = $1 ORDER BY occurred_at", [sessionId])
    return rows
  }
  /** The session's rows once they hold what is waited for. */
  const rowsWith = (sessionId: string, holds: (rows: Row[]) => boolean) =>
    eventually(async () => {
      const rows = await rowsOf(sessionId)
      return holds(rows) && rows
    })
  const holdAll = (names: readonly string[]) => (rows: Row[]) => names.every((name) => rows.some((row) => row.name === name))

  it("tells what a visitor looks at, searches for, puts into the cart and begins to pay, with visitor and session", async () => {
    const page = await visit("granted")
    await firstProduct(page).click()
    await page.getByTestId("add-to-cart").click()
    await page.getByText("It is in your cart.").waitFor()
    const word = (await page.locator("h1").innerText()).split(" ")[0]!
    await page.getByTestId("search").fill(word)
    await page.getByTestId("search").press("Enter")
    await page.getByTestId("product-list").waitFor()
    await page.getByTestId("cart-link").click()
    await page.getByTestId("checkout").click()
    await page.getByTestId("place-order").waitFor()

    const wanted = ["select_item", "view_item", "add_to_cart", "search", "view_cart", "begin_checkout"]
    const rows = await rowsWith(await sessionOf(page), holdAll(wanted))
    expect(rows.map(({ name }) => name).filter((name) => name !== "view_item_list")).toEqual(wanted)
    const visitor = await page.evaluate(() => localStorage.getItem("foresight.visitor"))
    expect(new Set(rows.map(({ visitor_id }) => visitor_id))).toEqual(new Set([visitor]))
    const of = (name: string) => rows.find((row) => row.name === name)!
    expect(of("search").search_term).toBe(word)
    expect(of("view_item").product_id).toMatch(/^prod_/)
    expect([of("add_to_cart").product_id, of("view_cart").product_id]).toEqual([of("view_item").product_id, of("view_item").product_id])
    expect(of("add_to_cart").cart_id).toMatch(/^cart_/)
    expect(of("select_item").properties).toMatchObject({ item_list_id: "home-all", index: 0 })
    await page.context().close()
  })

  it("places a real order, whose sale comes from Medusa", async () => {
    const page = await visit("granted")
    await firstProduct(page).click()
    await page.getByTestId("add-to-cart").click()
    await page.getByText("It is in your cart.").waitFor()
    await page.getByTestId("cart-link").click()
    await page.getByTestId("checkout").click()
    await page.getByTestId("place-order").click()
    await page.getByTestId("order-placed").waitFor()
    const names = (await rowsWith(await sessionOf(page), holdAll(["begin_checkout", "add_shipping_info", "add_payment_info"]))).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(["begin_checkout", "add_shipping_info", "add_payment_info"]))
    expect(names).not.toContain("purchase")
    await page.context().close()
  })

  it("reports what was seen and chosen on a shelf with the recommendation it is owed to, by keyboard as well", async () => {
    const page = await visit("granted")
    await firstProduct(page).click()
    const shelf = page.getByTestId("shelf-product-related")
    const card = shelf.getByTestId("product-card").first()
    await card.waitFor()
    await shelf.scrollIntoViewIfNeeded()
    const session = await sessionOf(page)
    const isSeen = ({ name, properties }: Row) => name === "view_item_list" && properties?.item_list_id === "product-related"
    await rowsWith(session, (found) => found.some((row) => isSeen(row) && row.properties?.index === 0))
    await card.focus()
    const former = page.url()
    await page.keyboard.press("Enter")
    await page.waitForURL((url) => url.href !== former)
    const isChosen = ({ name, properties }: Row) => name === "select_item" && properties?.item_list_id === "product-related"
    const rows = await rowsWith(session, (found) => found.filter(({ name }) => name === "view_item").length === 2 && found.some(isChosen))
    const seen = rows.filter(isSeen)
    const chosen = rows.filter(isChosen)
    const recommendation = chosen[0]!.properties!.recommendation_id
    expect(recommendation).toMatch(/^rec_/)
    expect(chosen).toMatchObject([{ product_id: seen.find(({ properties }) => properties?.index === 0)!.product_id, properties: { index: 0 } }])
    const seenHere = seen.filter(({ properties }) => properties?.recommendation_id === recommendation)
    expect(new Set(seenHere.map(({ product_id }) => product_id)).size).toBe(seenHere.length) // once each
    expect(rows.filter(({ name }) => name === "view_item").at(-1)).toMatchObject({ product_id: chosen[0]!.product_id, properties: { recommendation_id: recommendation } })
    await page.context().close()
  })

  it("knows a customer by Medusa's login alone, and shows what the customer's orders say", async () => {
    const page = await visit("granted", "/account")
    await page.getByTestId("log-in").first().click()
    await page.getByTestId("log-out").waitFor()
    const events = listen(page)
    await page.getByText("Harbour Goods").click()
    await page.getByTestId("shelf-home-personal").getByText("because of what you bought").first().waitFor()
    await firstProduct(page).click()
    const session = await sessionOf(page)
    await rowsWith(session, holdAll(["view_item"]))
    const { rows } = await database.query<{ customer_id: string | null }>("SELECT DISTINCT customer_id FROM foresight.event WHERE session_id = $1", [session])
    expect(rows).toEqual([{ customer_id: expect.stringMatching(/^cus_/) }])
    expect(events.flatMap((event) => Object.keys(event))).not.toContain("customer_id")
    await page.context().close()
  })

  it("sends what waits when the page is left", async () => {
    const page = await visit("granted")
    await firstProduct(page).click()
    await page.getByTestId("add-to-cart").waitFor()
    const session = await sessionOf(page)
    await page.goto("about:blank") // well within the second that events wait for others
    await rowsWith(session, holdAll(["view_item"]))
    await page.context().close()
  })

  it("keeps what happens offline and sends it once when the network is back", async () => {
    const page = await visit("granted")
    await firstProduct(page).click()
    await page.getByTestId("add-to-cart").waitFor()
    await page.goBack()
    await firstProduct(page).waitFor()
    const session = await sessionOf(page)
    await rowsWith(session, (found) => found.filter(({ name }) => name === "view_item").length === 1)
    const queued = () => page.evaluate(() => (JSON.parse(localStorage.getItem("foresight.queue") ?? "{}") as { events?: { name: string }[] }).events?.map(({ name }) => name) ?? [])
    await eventually(async () => (await queued()).length === 0)
    let failures = 0
    page.on("requestfailed", (request) => void (request.url().endsWith("/store/foresight/events") && (failures += 1)))
    await page.context().setOffline(true)
    await firstProduct(page).click() // from the browser's memory
    await page.getByTestId("add-to-cart").waitFor()
    await eventually(async () => failures > 1) // more than one attempt fails
    expect(await queued()).toEqual(expect.arrayContaining(["select_item", "view_item"]))
    expect((await rowsOf(session)).filter(({ name }) => name === "view_item")).toHaveLength(1)
    await page.context().setOffline(false)
    await eventually(() => page.evaluate(() => localStorage.getItem("foresight.queue") === null)) // all of it was answered
    expect((await rowsOf(session)).filter(({ name }) => name === "view_item")).toHaveLength(2)
    await page.context().close()
  })

  it("sends and stores nothing where the visitor denies it, and shows shelves all the same", async () => {
    const page = await visit("denied")
    const events = listen(page)
    await page.getByTestId("shelf-home-session").getByTestId("product-card").first().waitFor()
    await firstProduct(page).click()
    await page.getByTestId("add-to-cart").click()
    await page.getByText("It is in your cart.").waitFor()
    await page.goto("about:blank")
    await page.goBack()
    expect([events, await keptBy(page)]).toEqual([[], []])
    await page.context().close()
  })

  it("sends events without any id where the visitor lets himself be counted only", async () => {
    const page = await visit("anonymous")
    const events = listen(page)
    await firstProduct(page).click()
    await page.getByTestId("add-to-cart").click()
    await page.getByText("It is in your cart.").waitFor()
    await eventually(async () => events.some(({ name }) => name === "add_to_cart"))
    for (const event of events) expect([event.consent, event.visitor_id, event.session_id, event.cart_id]).toEqual(["anonymous", undefined, undefined, undefined])
    expect(await keptBy(page)).toEqual([])
    await page.context().close()
  })

  it("waits for the visitor's choice, and follows when it changes", async () => {
    const page = await visit(null)
    const events = listen(page)
    await firstProduct(page).click()
    await page.getByTestId("add-to-cart").waitFor()
    await sleep(1_500)
    expect([events, await keptBy(page)]).toEqual([[], []])
    await page.getByLabel("Remember me").check()
    await eventually(async () => (await sessionOf(page)) !== "")
    await rowsWith(await sessionOf(page), holdAll(["select_item", "view_item"]))
    await page.getByLabel("Nothing").check()
    await eventually(async () => (await keptBy(page)).length === 0)
    await page.context().close()
  })

  it("shows what it sends, says when nothing is found, and fits a phone", async () => {
    const page = await visit("granted", "/products?q=zzzzzz")
    await page.getByText("Nothing was found for “zzzzzz”").waitFor()
    await page.getByTestId("open-log").click()
    await page.getByTestId("event-log").getByText(/search → 1 accepted/).waitFor()
    await page.getByRole("button", { name: "Close" }).click()
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(store.storefrontUrl)
    await firstProduct(page).waitFor()
    await page.waitForFunction(() => document.documentElement.scrollWidth === document.documentElement.clientWidth)
    await page.context().close()
  })

  it("lets the guide's steps be pasted into its console, word for word", async () => {
    const guide = readFileSync(join(__dirname, "../../docs/storefront.md"), "utf8")
    const steps = Array.from(guide.matchAll(/```js\n([\s\S]*?)```/g), ([, step]) => step)
    expect(steps.length).toBeGreaterThan(2)
    const page = await visit("granted")
    const said: string[] = [] // by the kit: what Chromium itself has to say of a slow machine begins with [Intervention] or [Violation]
    page.on("console", (message) => void (message.type() === "warning" && !message.text().startsWith("[") && said.push(message.text())))
    // A console keeps its names from one paste to the next, as one function does.
    const shown = await page.evaluate<{ length: number }>(`(async () => { ${steps.join("\n")}\n return shelf.items })()`)
    expect(shown.length).toBe(6)
    await rowsWith(await sessionOf(page), (found) => holdAll(["view_item"])(found) && found.some(({ name, properties }) => name === "select_item" && properties?.recommendation_id))
    expect(said).toEqual([])
    await page.context().close()
  })

  it("serves its own files and nothing else of the machine", async () => {
    const ask = (path: string, method = "GET") =>
      new Promise<{ status: number; type: string | undefined; text: string }>((resolve, reject) => {
        const { hostname, port } = new URL(store.storefrontUrl)
        const asking = request({ hostname, port, path, method }, (answer) => {
          let text = ""
          answer.on("data", (chunk: Buffer) => (text += chunk.toString()))
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, type: answer.headers["content-type"], text }))
        })
        asking.on("error", reject).end()
      })
    for (const path of ["/../../package.json", "/..%2f..%2fpackage.json", "/assets/../../state.json", "/unknown.js"]) expect(await ask(path)).toMatchObject({ status: 404, text: "not found" })
    expect(await ask("/", "POST")).toMatchObject({ status: 405 })
    expect(await ask("/products/any?x=1")).toMatchObject({ status: 200, type: "text/html; charset=utf-8" })
    expect(JSON.parse((await ask("/config.json")).text)).toMatchObject({ baseUrl: store.url, publishableKey: store.publishableKey })
  })

  it("never had a fault of its own", () => expect(problems).toEqual([]))
})
