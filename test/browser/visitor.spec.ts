import { randomUUID } from "node:crypto"
import type { Browser, Page } from "playwright-core"
import { launchBrowser } from "../support/browser"
import { testStore } from "../support/store"

const store = testStore()

jest.setTimeout(300_000)

describe("a visitor's browser", () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await launchBrowser()
    page = await browser.newPage()
    await page.goto(`${store.url}/health`)
  })
  afterAll(() => browser?.close())

  /** Looks at a product that is not on the shelf, in a session of its own. */
  const viewAProduct = () =>
    page.evaluate(
      async ({ key, sessionId, eventId }) => {
        const ask = async <Body>(path: string, body?: unknown): Promise<Body> => {
          const answer = await fetch(path, {
            method: body ? "POST" : "GET",
            headers: { "content-type": "application/json", "x-publishable-api-key": key },
            ...(body ? { body: JSON.stringify(body) } : {}),
          })
          return (await answer.json()) as Body
        }
        type Shelf = { items: { product_id: string }[] }
        const shelf = async () => (await ask<Shelf>("/store/foresight/recommendations", { scenario: "session", session_id: sessionId, limit: 8 })).items.map((item) => item.product_id)
        const { products } = await ask<{ products: { id: string }[] }>("/store/products?limit=20")
        const before = await shelf()
        const viewed = products.find(({ id }) => !before.includes(id))?.id ?? ""
        const started = performance.now()
        const event = { event_id: eventId, name: "view_item", timestamp: new Date().toISOString(), session_id: sessionId, items: [{ item_id: viewed }] }
        const posted = await ask<{ accepted: number }>("/store/foresight/events", { events: [event] })
        const after = await shelf()
        return { accepted: posted.accepted, before, after, viewed, ms: performance.now() - started }
      },
      { key: store.publishableKey, sessionId: randomUUID(), eventId: randomUUID() }
    )

  it("sees its recommendations change within a second of looking at a product", async () => {
    let quickest = Infinity
    // the quickest of at least three: the machine may be busy with other work, or pause
    for (let visit = 0; visit < 3 || (quickest >= 1000 && visit < 30); visit++) {
      const seen = await viewAProduct()
      expect(seen.accepted).toBe(1)
      expect(seen.after).not.toEqual(seen.before)
      expect(seen.after).not.toContain(seen.viewed)
      quickest = Math.min(quickest, seen.ms)
    }
    expect(quickest).toBeLessThan(1000)
  })
})
