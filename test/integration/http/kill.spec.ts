import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "pg"
import { eventually } from "../../support/eventually"
import { startServer, type StoreProcess } from "../../support/store-process"
import { storefrontApi, testStore } from "../../support/store"
import type { StorefrontApi } from "../../support/store"

jest.setTimeout(600_000)

/** Long enough to be told from the time that a commit takes. */
const FLUSH_MS = 1_000
/** What a commit and a late timer may take beside the flush interval on a machine that has other work, unless more was seen before the kill. */
const LEAST_SLACK_MS = 3_000
const CLIENTS = 4
const BATCH = 25
const PAUSE_MS = 20
const EVENTS = "/store/foresight/events"

interface Verdict {
  accepted: number
  duplicates: number
  rejected: unknown[]
}
type ViewEvent = ReturnType<typeof view>
interface Sent {
  events: ViewEvent[]
  /** When the client had its 202; `null` while it has none. */
  acceptedAt: number | null
}

let productId: string
let database: Client

beforeAll(async () => {
  database = new Client({ connectionString: testStore().databaseUrl })
  await database.connect()
  productId = (await (await storefrontApi()).get<{ products: { id: string }[] }>("/store/products?limit=1")).body.products[0]!.id
})
afterAll(() => database.end())

function view(run: string, number: number) {
  const visitor = `${run}-${Math.floor(number / BATCH)}` // one a batch: none of them is faster than a person
  const who = { visitor_id: visitor, session_id: visitor }
  return { event_id: `${run}-${number}`, name: "view_item", timestamp: new Date().toISOString(), ...who, items: [{ item_id: productId }] }
}

/** Clients that post one batch after the other until the server is gone. */
function load(api: StorefrontApi, run: string) {
  const batches: Sent[] = []
  let number = 0
  let isOver = false
  const post = async () => {
    while (!isOver) {
      const batch: Sent = { events: Array.from({ length: BATCH }, () => view(run, number++)), acceptedAt: null }
      batches.push(batch)
      const answer = await api.post<Verdict>(EVENTS, { events: batch.events }).catch(() => null)
      if (answer === null) return // killed while it was asked
      if (answer.status === 503) continue // it could not store them in time, and said so
      expect([answer.status, answer.body.accepted]).toEqual([202, BATCH])
      batch.acceptedAt = Date.now()
      await sleep(PAUSE_MS)
    }
  }
  const clients = Promise.all(Array.from({ length: CLIENTS }, post))
  clients.catch(() => undefined) // told by end()
  const end = async () => {
    isOver = true
    await clients
  }
  return { batches, accepted: () => batches.filter(({ acceptedAt }) => acceptedAt !== null), end }
}

/** Ids of a run's events in the database, each as often as it is there. */
async function stored(run: string): Promise<string[]> {
  const sql = "SELECT substr(event_id, 5) AS id FROM foresight.event WHERE starts_with(event_id, $1)"
  return (await database.query<{ id: string }>(sql, [`web/${run}-`])).rows.map(({ id }) => id)
}

/** Every batch of a run once more, answered or not. @returns how many events were new, and how many known */
async function sendAgain(api: StorefrontApi, batches: readonly Sent[]) {
  const told = { accepted: 0, duplicates: 0 }
  for (const { events } of batches) {
    const { status, body } = await api.post<Verdict>(EVENTS, { events })
    expect([status, body.rejected]).toEqual([202, []])
    told.accepted += body.accepted
    told.duplicates += body.duplicates
  }
  return told
}

/** Each id that was sent is there, once. */
async function expectAllOnce(run: string, batches: readonly Sent[]) {
  const sent = batches.flatMap(({ events }) => events.map(({ event_id: id }) => id)).sort()
  expect((await stored(run)).sort()).toEqual(sent)
}

describe("kill -9 of a Medusa server that takes events", () => {
  const started: StoreProcess[] = []
  const start = async (variables: Record<string, string>) => {
    const server = await startServer(variables)
    started.push(server)
    return { server, api: await storefrontApi(undefined, server.url) }
  }
  const gathered = `kill-gathered-${randomUUID().slice(0, 8)}`
  let lostBatches: Sent[] = []
  afterAll(() => Promise.all(started.map((server) => server.kill())))

  it("costs what came within one flush interval where a 202 means that events are held", async () => {
    const { server, api } = await start({ FORESIGHT_INGEST_DURABLE: "false", FORESIGHT_FLUSH_INTERVAL_MS: String(FLUSH_MS) })
    // the first event sets the flush: right after its answer it is in no table, and so the rest is about events that are held
    const before = Date.now()
    const probe = `probe-${gathered}`
    expect((await api.post<Verdict>(EVENTS, { events: [view(probe, 0)] })).body).toMatchObject({ accepted: 1 })
    const held = await stored(probe)
    if (Date.now() - before < FLUSH_MS) expect(held).toEqual([])

    const { batches, accepted, end } = load(api, gathered)
    let slowest = 0
    // until some events are far older than any delay that was seen: those must be there. Their age is as of the last look: the machine may pause after it
    const old = await eventually(async () => {
      const now = Date.now()
      const there = new Set(await stored(gathered))
      const waiting = accepted().filter(({ events }) => !there.has(events[0]!.event_id))
      slowest = Math.max(slowest, ...waiting.map(({ acceptedAt }) => now - acceptedAt!))
      const slack = Math.max(LEAST_SLACK_MS, 2 * (slowest - FLUSH_MS))
      const found = accepted().filter(({ acceptedAt }) => acceptedAt! < now - FLUSH_MS - slack)
      return now - before > 3 * FLUSH_MS + LEAST_SLACK_MS && found.length > 0 && found
    })
    await server.kill()
    await end()

    const there = new Set(await stored(gathered))
    expect(old.flatMap(({ events }) => events).filter(({ event_id: id }) => !there.has(id))).toEqual([])
    lostBatches = batches
  })

  it("costs nothing that was answered where a 202 means committed; a restarted server takes what is sent again and doubles nothing", async () => {
    const { server, api } = await start({})
    const known = (await stored(gathered)).length
    const again = await sendAgain(api, lostBatches)
    expect(again).toEqual({ accepted: lostBatches.length * BATCH - known, duplicates: known })
    await expectAllOnce(gathered, lostBatches)

    const run = `kill-durable-${randomUUID().slice(0, 8)}`
    const { batches, accepted, end } = load(api, run)
    await eventually(() => Promise.resolve(accepted().length >= 40))
    await server.kill()
    await end()
    const there = new Set(await stored(run))
    expect(accepted().flatMap(({ events }) => events).filter(({ event_id: id }) => !there.has(id))).toEqual([])

    await sendAgain(await storefrontApi(), batches) // another server of the same shop
    await expectAllOnce(run, batches)
  })
})
