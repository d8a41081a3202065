import { useSyncExternalStore } from "react"
import { subscribeToTraffic, trafficSoFar } from "../traffic"
import type { Exchange } from "../traffic"
import { Emptiness } from "./notices"

function summary({ kind, body, answer }: Exchange): string {
  if (kind === "recommendations") return `recommendations: ${(body as { scenario?: string } | null)?.scenario ?? "personal"}`
  const names = ((body as { events?: { name: string }[] } | null)?.events ?? []).map(({ name }) => name)
  const { accepted, duplicates } = (answer ?? {}) as { accepted?: number; duplicates?: number }
  return `${names.join(", ")}${accepted === undefined ? "" : ` → ${accepted} accepted${duplicates ? `, ${duplicates} known already` : ""}`}`
}

const mark = ({ status }: Exchange): string => (status === null ? "" : Number(status) < 400 ? "good" : "bad")

/** What this page sends, word for word, as it is sent. */
export function EventLog({ onClose }: { onClose: () => void }) {
  const exchanges = useSyncExternalStore(subscribeToTraffic, trafficSoFar)
  return (
    <aside className="log" data-testid="event-log" aria-label="What this page sends">
      <header>
        <h2>What this page sends</h2>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </header>
      {exchanges.length === 0 && <Emptiness>Nothing yet. Look at a product.</Emptiness>}
      <ol>
        {exchanges.map((exchange) => (
          <li key={exchange.id}>
            <details>
              <summary>
                <time>{exchange.at.toLocaleTimeString()}</time> <b className={mark(exchange)}>{exchange.status ?? "…"}</b> {summary(exchange)}
              </summary>
              <pre>{JSON.stringify(exchange.body, null, 2)}</pre>
              <pre>{JSON.stringify(exchange.answer, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ol>
    </aside>
  )
}
