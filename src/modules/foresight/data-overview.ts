import type { Stores } from "../../database/stores"
import type { Arrivals, EventSource } from "../../database/stores/arrival-store"
import { GAP_HISTORY_DAYS, signalGaps, type SignalGap } from "../../domain/cleaning/signal-gaps"
import { addDays, type Day } from "../../domain/day"
import type { EventName, ExclusionReason } from "../../domain/events"

/** Days of the chart of arrivals, today included. */
const SHOWN_DAYS = 28

/** Everything the page "Data" shows at the top. */
export interface DataOverview {
  today: Day
  days: Day[]
  /** One count a day of `days`. */
  arrivals: { source: EventSource; name: EventName; counts: number[] }[]
  sources: { source: EventSource; today: number; lastAt: Date | null }[]
  setAside: Partial<Record<ExclusionReason, number>>
  counting: Partial<Record<ExclusionReason, number>>
  gaps: (Omit<SignalGap, "source"> & { source: EventSource })[]
  daysWaiting: number
  reconcile: { finishedAt: Date; walked: number; healed: number; setAside: number } | null
  tookMs: number
}

const SOURCES: readonly EventSource[] = ["medusa", "storefront", "import"]
const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0)

/** Reads the overview: counts that are kept, and today's events. */
export async function readDataOverview(stores: Pick<Stores, "arrivals" | "exclusions" | "demand" | "reconcile">, today: Day): Promise<DataOverview> {
  const started = performance.now()
  const [arrived, heard, setAside, counting, daysWaiting, walks] = await Promise.all([
    stores.arrivals.daily(addDays(today, -GAP_HISTORY_DAYS), today),
    stores.arrivals.lastHeard(),
    stores.exclusions.counts("set_aside"),
    stores.exclusions.counts("counting"),
    stores.demand.daysTouched(),
    stores.reconcile.reconcileReports(5),
  ])
  const walk = walks.find(({ kind }) => kind !== "erasure")
  const days = Array.from({ length: SHOWN_DAYS }, (_, index) => addDays(today, index + 1 - SHOWN_DAYS))
  const signals = bySignal(arrived)
  const ofToday = arrived.filter(({ day }) => day === today)
  return {
    today,
    days,
    arrivals: signals
      .map(({ source, name, counts }) => ({ source, name, counts: days.map((day) => counts.get(day) ?? 0) }))
      .filter(({ counts }) => counts.some((count) => count > 0)),
    sources: SOURCES.map((source) => {
      const own = ofToday.filter((one) => one.source === source)
      const times = [...own, ...heard.filter((one) => one.source === source)].map(({ lastAt }) => lastAt)
      const lastAt = times.reduce((latest, at) => (at && (!latest || at > latest) ? at : latest), null)
      return { source, today: sum(own.map(({ events }) => events)), lastAt }
    }),
    setAside,
    counting,
    // a file is no signal that is expected day by day
    gaps: signalGaps(signals.filter(({ source }) => source !== "import"), today) as DataOverview["gaps"],
    daysWaiting,
    reconcile: walk
      ? { finishedAt: walk.finishedAt, walked: sum(Object.values(walk.walked)), healed: sum(Object.values(walk.healed)), setAside: walk.setAside.length }
      : null,
    tookMs: Math.round((performance.now() - started) * 10) / 10,
  }
}

function bySignal(arrived: readonly Arrivals[]): { source: EventSource; name: EventName; counts: Map<Day, number> }[] {
  const signals = new Map<string, { source: EventSource; name: EventName; counts: Map<Day, number> }>()
  for (const { day, source, name, events } of arrived) {
    const signal = signals.get(`${source} ${name}`) ?? { source, name, counts: new Map<Day, number>() }
    signal.counts.set(day, events)
    signals.set(`${source} ${name}`, signal)
  }
  return [...signals.values()]
}
