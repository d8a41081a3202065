import { createForesight } from "../../../src/client"
import type { Consent, Foresight, ForesightOptions, ForesightProblem } from "../../../src/client"
import { openFakeBrowser } from "../../support/fake-browser"
import type { FakeBrowser } from "../../support/fake-browser"

const NOW = new Date("2026-03-01T12:00:00Z")
const later = (ms: number) => jest.advanceTimersByTimeAsync(ms)
const item = { item_id: "prod_1" }

describe("createForesight()", () => {
  let browser: FakeBrowser
  let problems: ForesightProblem[]
  const open = (more: Partial<ForesightOptions> = {}): Foresight =>
    createForesight({ baseUrl: "https://shop.test/", publishableKey: "pk_1", consent: "granted", onError: (problem) => problems.push(problem), ...more })

  beforeEach(() => {
    jest.useFakeTimers({ now: NOW })
    jest.spyOn(Math, "random").mockReturnValue(0.5)
    browser = openFakeBrowser()
    problems = []
  })
  afterEach(() => {
    browser.close()
    jest.restoreAllMocks()
    jest.useRealTimers()
  })

  describe("batching", () => {
    it("sends what happens within a second together, with the key, time and ids", async () => {
      const { track } = open()
      track("view_item", { items: [item], currency: "eur" })
      await later(600)
      track("view_cart")
      await later(399)
      expect(browser.sent).toHaveLength(0)
      await later(1)
      expect(browser.sent).toHaveLength(1)
      const { url, headers, init, body } = browser.sent[0]!
      expect(url).toBe("https://shop.test/store/foresight/events")
      expect(headers).toEqual({ "content-type": "application/json", "x-publishable-api-key": "pk_1" })
      expect(init).toMatchObject({ method: "POST", keepalive: true, credentials: "omit" })
      const [view, cart] = body.events
      expect(view).toEqual({
        ...{ event_id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: "view_item", timestamp: "2026-03-01T12:00:00.000Z", consent: "granted", items: [item], currency: "eur" },
        ...{ visitor_id: expect.stringMatching(/^[0-9a-f-]{36}$/), session_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      })
      expect(cart).toMatchObject({ name: "view_cart", timestamp: "2026-03-01T12:00:00.600Z", visitor_id: view!.visitor_id, session_id: view!.session_id })
      expect(new Set(body.events.map(({ event_id }) => event_id)).size).toBe(2)
    })

    it("sends a full batch at once and the rest in order, one request at a time", async () => {
      browser.answers.push("hang")
      const { track } = open({ batchSize: 2 })
      for (const search_term of ["a", "b", "c", "d", "e"]) track("search", { search_term })
      await later(0)
      expect(browser.sent).toHaveLength(1) // the others wait for its answer
      await later(20_000)
      const terms = browser.sent.map(({ body }) => body.events.map(({ search_term }) => search_term).join(""))
      expect(terms).toEqual(["ab", "ab", "cd", "e"]) // given up after 15 s, then tried again
    })

    it("waits for nothing when flush() is asked for, and resolves when all is sent", async () => {
      const { track, flush } = open()
      track("view_cart")
      await flush()
      expect(browser.sentNames()).toEqual(["view_cart"])
      await flush()
      expect(browser.sent).toHaveLength(1)
    })

    it("stops when closed, and what waits comes with the next page", async () => {
      const { track, close } = open()
      track("view_cart")
      close()
      track("begin_checkout")
      browser.leave()
      await later(5_000)
      expect(browser.sent).toHaveLength(0)
      open()
      await later(1_000)
      expect(browser.sentNames()).toEqual(["view_cart"])
    })
  })

  describe("when sending fails", () => {
    it.each<[string, Error | { status: number }]>([
      ["the network is away", new TypeError("Failed to fetch")],
      ["the server is down", { status: 503 }],
      ["there is too much", { status: 429 }],
      ["the server gave up waiting", { status: 408 }],
    ])("sends the same batch again after a jittered, growing wait: %s", async (_case, failure) => {
      browser.answers.push(failure, failure, failure)
      const { track } = open()
      track("view_cart")
      await later(1_000)
      expect(problems).toMatchObject([{ code: "retrying", events: [{ name: "view_cart" }] }])
      // chance 0.5 of 1 s, 2 s and 4 s
      for (const [wait, attempts] of [[500, 2], [1_000, 3], [2_000, 4]] as const) {
        await later(wait - 1)
        expect(browser.sent).toHaveLength(attempts - 1)
        await later(1)
        expect(browser.sent).toHaveLength(attempts)
      }
      expect(new Set(browser.sent.map(({ body }) => body.events[0]!.event_id)).size).toBe(1)
      await later(60_000)
      expect(browser.sent).toHaveLength(4)
    })

    it("keeps silent for as long as Retry-After says, whatever happens meanwhile", async () => {
      browser.answers.push({ status: 429, headers: { "retry-after": "30" } })
      const { track, flush } = open({ batchSize: 1 })
      track("view_cart")
      await later(0)
      track("view_cart")
      await flush()
      browser.goOnline()
      browser.leave()
      await later(29_999)
      expect(browser.sent).toHaveLength(1)
      await later(30_000)
      expect(browser.sentNames()).toEqual(["view_cart", "view_cart", "view_cart"])
    })

    it("tries at once when the network comes back", async () => {
      browser.answers.push(new TypeError("offline"), new TypeError("offline"), new TypeError("offline"))
      const { track } = open()
      track("view_cart")
      await later(1_000 + 500 + 1_000)
      expect(browser.sent).toHaveLength(3)
      browser.goOnline()
      await later(0)
      expect(browser.sent).toHaveLength(4)
    })

    it("drops a batch that will never be taken, says why, and goes on", async () => {
      browser.answers.push({ status: 400, body: { type: "invalid_data", message: "A valid publishable key is required" } })
      const { track } = open()
      track("view_cart")
      await later(1_000)
      expect(problems).toEqual([{ code: "refused", status: 400, message: "A valid publishable key is required", events: [expect.objectContaining({ name: "view_cart" })] }])
      expect(browser.local.values.has("foresight.queue")).toBe(false)
      track("begin_checkout")
      await later(1_000)
      expect(browser.sentNames()).toEqual(["view_cart", "begin_checkout"])
    })

    it("names each event that the server rejects or sets aside, and tolerates more in the answer", async () => {
      const rejected = [{ index: 1, field: "items.0.item_id", message: "prod_2 is no product of this shop" }]
      browser.answers.push({ status: 202, body: { accepted: 1, duplicates: 0, rejected, set_aside: [{ index: 0, reason: "clock_skew", message: "an hour ahead" }], more: true } })
      const { track } = open()
      track("view_item", { items: [item] })
      track("view_item", { items: [{ item_id: "prod_2" }] })
      await later(1_000)
      expect(problems).toEqual([{ code: "rejected", status: 202, field: "items.0.item_id", message: rejected[0]!.message, events: [expect.objectContaining({ items: [{ item_id: "prod_2" }] })] }, { code: "set_aside", status: 202, message: "an hour ahead", events: [expect.objectContaining({ items: [item] })] }])
      await later(60_000)
      expect(browser.sent).toHaveLength(1)
    })

    it("takes an answer without JSON for what its status says", async () => {
      browser.answers.push({ status: 202 }, { status: 404 })
      const { track } = open({ batchSize: 1 })
      track("view_cart")
      await later(1_000)
      expect(problems).toEqual([])
      track("view_cart")
      await later(1_000)
      expect(problems).toMatchObject([{ code: "refused", message: "HTTP 404" }])
    })

    it("drops the oldest when the queue is full, and an event that no request could carry", async () => {
      browser.answers.push(...Array.from({ length: 9 }, () => new TypeError("offline")))
      const { track } = open({ queueSize: 2 })
      for (const search_term of ["a", "b", "c"]) track("search", { search_term })
      track("search", { search_term: "x".repeat(60_000) })
      await later(0)
      expect(problems.map(({ code, events }) => [code, events[0]!.search_term!.length])).toEqual([["dropped", 1], ["dropped", 60_000]])
    })

    it("lets a listener's own fault pass by", async () => {
      const faults: unknown[] = []
      const queue = jest.spyOn(globalThis, "queueMicrotask").mockImplementation((task) => {
        try {
          task()
        } catch (fault) {
          faults.push(fault)
        }
      })
      browser.answers.push({ status: 400 })
      const { track, flush } = open({ onError: () => { throw new Error("listener") } })
      track("view_cart")
      await expect(flush()).resolves.toBeUndefined()
      expect(faults).toEqual([new Error("listener")])
      expect(browser.local.values.has("foresight.queue")).toBe(false)
      queue.mockRestore()
    })
  })

  describe("when the page goes", () => {
    it("sends what waits at once, in a request that outlives the page", async () => {
      const { track } = open()
      track("view_cart")
      browser.hide()
      browser.leave() // both come when a page is left: nothing goes twice
      await later(0)
      expect(browser.sent).toHaveLength(1)
      expect(browser.sent[0]!.init.keepalive).toBe(true)
    })

    it("carries beside a request that runs what it does not hold, both within 64 KiB", async () => {
      browser.answers.push("hang")
      const { track, flush } = open({ batchSize: 500 })
      track("search", { search_term: "first" })
      void flush()
      await later(0)
      for (let index = 0; index < 400; index += 1) track("search", { search_term: `${index} ${"x".repeat(200)}` })
      browser.leave()
      await later(0)
      const [first, second, ...more] = browser.sent
      expect(first!.body.events).toHaveLength(1)
      expect(second!.body.events[0]!.search_term).toMatch(/^0 /)
      expect(first!.bytes + second!.bytes).toBeLessThanOrEqual(65_536)
      expect(first!.bytes + second!.bytes).toBeGreaterThan(55_000)
      expect(more).toHaveLength(0)
    })

    it("splits a long queue into bodies of at most 64 kB, each event once", async () => {
      const { track, flush } = open({ batchSize: 500 })
      for (let index = 0; index < 400; index += 1) track("search", { search_term: `${index} ${"x".repeat(200)}` })
      await flush()
      expect(browser.sent.length).toBeGreaterThan(2)
      expect(Math.max(...browser.sent.map(({ bytes }) => bytes))).toBeLessThanOrEqual(60_100)
      const sentIds = browser.sent.flatMap(({ body }) => body.events.map(({ event_id }) => event_id))
      expect([sentIds.length, new Set(sentIds).size]).toEqual([400, 400])
    })

    it("sends what no answer came for from the next page, under the same ids", async () => {
      browser.answers.push("hang")
      const { track } = open()
      track("view_cart")
      browser.leave()
      await later(0)
      browser.reload()
      open()
      await later(1_000)
      const [before, after] = browser.sent
      expect(after!.body.events).toEqual(before!.body.events)
    })
  })

  describe("consent", () => {
    const everything = () => [...browser.local.values.keys(), ...browser.session.values.keys()]

    it("granted: stores visitor, session and queue, and sends the customer's token and cookies", async () => {
      const { track } = open({ getToken: async () => "jwt", credentials: "include" })
      track("view_cart", { cart_id: "cart_1" })
      expect(everything().sort()).toEqual(["foresight.queue", "foresight.session", "foresight.visitor"])
      await later(1_000)
      expect(browser.sent[0]).toMatchObject({ headers: { authorization: "Bearer jwt" }, init: { credentials: "include" }, body: { events: [{ cart_id: "cart_1" }] } })
    })

    it("anonymous: sends the event without any id, customer or cart, and stores nothing", async () => {
      const getToken = jest.fn(() => "jwt")
      const { track, recommendations } = open({ consent: "anonymous", getToken, credentials: "include" })
      track("view_item", { items: [item], cart_id: "cart_1", recommendation_id: "rec_1" })
      await later(1_000)
      browser.answers.push({ status: 200, body: { items: [] } })
      await recommendations({ scenario: "session" })
      expect(browser.sent[0]!.body.events[0]).toEqual({ event_id: expect.any(String), name: "view_item", timestamp: NOW.toISOString(), consent: "anonymous", items: [item], recommendation_id: "rec_1" })
      expect(browser.sent[1]!.body).toEqual({ scenario: "session" })
      for (const { headers, init } of browser.sent) expect([headers.authorization, init.credentials]).toEqual([undefined, "omit"])
      expect([getToken.mock.calls.length, everything()]).toEqual([0, []])
    })

    it("denied: sends nothing, stores nothing, and removes what was there", async () => {
      const first = open()
      first.track("view_cart")
      first.close()
      expect(everything()).not.toEqual([])
      const { track, flush } = open({ consent: "denied" })
      track("view_cart")
      await flush()
      browser.leave()
      await later(60_000)
      expect([browser.sent, everything()]).toEqual([[], []])
    })

    it("not decided: holds events back until the visitor has decided, and touches nothing stored", async () => {
      browser.local.values.set("foresight.visitor", "known-visitor")
      const { track, setConsent } = open({ consent: undefined })
      track("view_cart")
      browser.leave()
      await later(60_000)
      expect([browser.sent, everything()]).toEqual([[], ["foresight.visitor"]])
      setConsent("granted")
      await later(1_000)
      expect(browser.sent[0]!.body.events).toMatchObject([{ name: "view_cart", timestamp: NOW.toISOString(), consent: "granted", visitor_id: "known-visitor" }])
    })

    it.each<[Consent, string[][]]>([
      ["anonymous", [["anonymous"]]],
      ["denied", []],
    ])("withdrawn to %s: takes the ids from events that wait, or the events, and all that was stored", async (consent, expected) => {
      const { track, setConsent } = open()
      track("view_cart", { cart_id: "cart_1" })
      setConsent(consent)
      expect(everything()).toEqual([])
      await later(60_000)
      expect(browser.sent.map(({ body }) => body.events.map((event) => event.consent))).toEqual(expected)
      expect(browser.sent.flatMap(({ body }) => body.events).flatMap((event) => [event.visitor_id, event.session_id, event.cart_id]).filter(Boolean)).toEqual([])
    })

    it("given later: begins a visitor, and leaves earlier events without one", async () => {
      const { track, setConsent } = open({ consent: "anonymous" })
      track("view_cart")
      setConsent("granted")
      track("begin_checkout")
      await later(1_000)
      expect(browser.sent[0]!.body.events.map(({ consent, visitor_id }) => [consent, Boolean(visitor_id)])).toEqual([["anonymous", false], ["granted", true]])
    })

    it("works where the browser forbids storage", async () => {
      browser.local.forbid()
      browser.session.forbid()
      const { track } = open()
      track("view_cart")
      track("view_cart")
      await later(1_000)
      const [a, b] = browser.sent[0]!.body.events
      expect([a!.visitor_id, a!.session_id]).toEqual([b!.visitor_id, b!.session_id])
    })

    it("sends without a customer, and says so, when the token cannot be had", async () => {
      const { track } = open({ getToken: () => Promise.reject(new Error("no login")) })
      track("view_cart")
      await later(1_000)
      expect(browser.sent[0]!.headers.authorization).toBeUndefined()
      expect(problems).toEqual([{ code: "token", message: "Error: no login", events: [] }])
    })
  })

  describe("while the token is asked for", () => {
    it("waits five seconds, then sends without a customer and says so, and the next batch as well", async () => {
      const { track } = open({ getToken: () => new Promise(() => undefined) })
      track("view_cart")
      await later(1_000 + 4_999)
      expect(browser.sent).toHaveLength(0)
      await later(1)
      expect(browser.sentNames()).toEqual(["view_cart"])
      expect(browser.sent[0]!.headers.authorization).toBeUndefined()
      expect(problems).toEqual([{ code: "token", message: "Error: getToken gave no answer within 5000 ms", events: [] }])
      track("begin_checkout")
      await later(6_000)
      expect(browser.sentNames()).toEqual(["view_cart", "begin_checkout"])
      expect(jest.getTimerCount()).toBe(0)
    })

    it.each<[Consent, string[][]]>([
      ["denied", []],
      ["anonymous", [["anonymous"]]],
    ])("sends nothing of what was granted before once the visitor says %s", async (consent, expected) => {
      let answer = (_token: string): void => undefined
      const { track, setConsent } = open({ getToken: () => new Promise<string>((resolve) => (answer = resolve)) })
      track("view_cart", { cart_id: "cart_1" })
      await later(1_000)
      setConsent(consent)
      answer("jwt")
      await later(60_000)
      expect(browser.sent.map(({ body }) => body.events.map((event) => event.consent))).toEqual(expected)
      expect(browser.sent.flatMap(({ body, headers }) => [headers.authorization, ...body.events.flatMap((event) => [event.visitor_id, event.session_id, event.cart_id])]).filter(Boolean)).toEqual([])
    })

    it("asks for no recommendations with a session whose consent is gone", async () => {
      let answer = (_token: string): void => undefined
      const { recommendations, setConsent } = open({ getToken: () => new Promise<string>((resolve) => (answer = resolve)) })
      const failed = expect(recommendations()).rejects.toThrow("the visitor changed the consent")
      await later(0)
      setConsent("denied")
      answer("jwt")
      await failed
      expect(browser.sent).toEqual([])
    })

    it("gives up at once by a signal, without a word about the token", async () => {
      const abort = new AbortController()
      const { recommendations } = open({ getToken: () => new Promise(() => undefined) })
      const failed = expect(recommendations({}, { signal: abort.signal })).rejects.toThrow("AbortError")
      await later(0)
      abort.abort()
      await failed
      await later(0)
      expect([problems, browser.sent, jest.getTimerCount()]).toEqual([[], [], 0])
    })
  })

  describe("recommendations()", () => {
    it("asks with the session of the events, and the customer's token", async () => {
      const answer = { recommendation_id: "rec_1", items: [] }
      browser.answers.push({ status: 202 }, { status: 200, body: answer })
      const { track, recommendations } = open({ getToken: () => "jwt" })
      track("view_cart")
      await later(1_000)
      await expect(recommendations({ scenario: "product-related", limit: 4, context: { product_ids: ["prod_1"] } })).resolves.toEqual(answer)
      const [events, asked] = browser.sent
      expect(asked!.url).toBe("https://shop.test/store/foresight/recommendations")
      expect(asked!.body).toEqual({ scenario: "product-related", limit: 4, context: { product_ids: ["prod_1"] }, session_id: events!.body.events[0]!.session_id })
      expect(asked!.headers.authorization).toBe("Bearer jwt")
    })

    it("fails with the server's message and status", async () => {
      browser.answers.push({ status: 400, body: { message: "limit: too big" } }, { status: 502 })
      const { recommendations } = open()
      await expect(recommendations({ limit: 51 })).rejects.toMatchObject({ message: "limit: too big", status: 400 })
      await expect(recommendations()).rejects.toMatchObject({ message: "HTTP 502", status: 502 })
    })

    it("is given up by a signal", async () => {
      browser.answers.push("hang")
      const abort = new AbortController()
      const asking = open().recommendations({}, { signal: abort.signal })
      const failed = expect(asking).rejects.toThrow("AbortError")
      await later(0)
      abort.abort()
      await failed
    })
  })

  it("does nothing on a server, where it still answers recommendations, without a session", async () => {
    browser.answers.push({ status: 200, body: { items: [] } })
    const serverSide = globalThis as { window?: unknown }
    const window = serverSide.window
    delete serverSide.window
    try {
      const { track, flush, recommendations, setConsent, close } = open({ getToken: () => "jwt" })
      setConsent("granted")
      track("view_cart")
      await flush()
      await recommendations({ scenario: "personal" })
      close()
      expect(browser.sent.map(({ url, body, headers }) => [url, body, headers.authorization])).toEqual([["https://shop.test/store/foresight/recommendations", { scenario: "personal" }, "Bearer jwt"]])
      expect(jest.getTimerCount()).toBe(0)
    } finally {
      serverSide.window = window
    }
  })
})
