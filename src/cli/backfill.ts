import { setTimeout as sleep } from "node:timers/promises"
import { onInterrupt } from "./interrupt"
import { EXIT, print, printJson, say, table } from "./output"
import { createProgress } from "./progress"
import { withStore } from "./store-connection"
import { tellWhoIsMissing } from "./tell-who-is-missing"

export interface BackfillOptions {
  json: boolean
  /** Only what changed since the last walk. */
  sinceLast: boolean
}

const POLL_MS = 500

/** Walks all orders of the shop, with what became of them, and follows the walk; answers the exit code: failed where an order had to be set aside. */
export async function backfill({ json, sinceLast }: BackfillOptions): Promise<number> {
  return withStore(async ({ client }) => {
    await client.startBackfill({ fromStart: !sinceLast })
    const progress = createProgress()
    const interrupt = onInterrupt({ what: "the walk over the shop", cancel: () => client.cancelBackfill() })
    const missing = tellWhoIsMissing(client)
    const started = Date.now()
    try {
      while (!interrupt.left) {
        const { status, progress: at } = await client.backfillState()
        if (status !== "running") break
        if (!at) await missing("the walk over the shop")
        else progress.update(at.stage, at.counts.orders, at.ordersTotal ?? 0, `${at.counts.recovered} rows healed`)
        await sleep(POLL_MS)
      }
    } finally {
      interrupt.dispose()
      progress.stop()
    }
    if (interrupt.left) return EXIT.failed
    const counts = await client.backfillResult()
    const seconds = (Date.now() - started) / 1000
    const { orders, returns, claims = 0, exchanges = 0, levels, recovered, prices = 0, promotions = 0, setAside = [] } = counts
    if (json) printJson({ orders, returns, claims, exchanges, levels, prices, promotions, healed: recovered, set_aside: setAside, seconds })
    else {
      const rows = { "orders read": orders, "returns read": returns, "claims read": claims, "exchanges read": exchanges, "stock levels noted": levels, "prices read": prices, "rows added or mended": recovered }
      print(table(Object.entries(rows).map(([name, count]) => [name, String(count)])))
    }
    for (const { id, error } of setAside) say(`${id} set aside: ${error}`)
    say(`done in ${seconds.toFixed(1)} s`)
    return setAside.length > 0 ? EXIT.failed : EXIT.done
  })
}
