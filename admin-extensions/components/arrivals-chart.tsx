import { Skeleton, Text } from "@medusajs/ui"
import { lazy, Suspense } from "react"
import { useTranslation } from "react-i18next"
import type { DataAnswer, EventSourceAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { SOURCES } from "../hooks/use-set-aside-filter"
import { ChartTip } from "./chart-tip"

/** Events of one day: of each source, and by name. */
interface Arrived {
  day: string
  bySource: Record<EventSourceAnswer, number>
  byName: [name: string, events: number][]
}

const COLORS: Record<EventSourceAnswer, string> = { medusa: "var(--tag-green-icon)", storefront: "var(--tag-blue-icon)", import: "var(--tag-neutral-icon)" }
/** Names listed under the pointer. */
const MOST_NAMES = 6

/** The drawing itself; the chart library is fetched on first use. */
const Plot = lazy(async () => {
  const { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } = await import("recharts")
  const ArrivalsPlot = ({ days }: { days: Arrived[] }) => {
    const { t } = useTranslation("foresight")
    const format = useFormats()
    const tick = { fill: "var(--fg-muted)", fontSize: 11 }
    return (
      <ResponsiveContainer width="100%" height={180}>
        <BarChart data={days} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false} barCategoryGap="20%">
          <CartesianGrid vertical={false} stroke="var(--border-base)" />
          <XAxis dataKey="day" tickFormatter={format.shortDay} tick={tick} tickLine={false} axisLine={{ stroke: "var(--border-strong)" }} minTickGap={32} />
          <YAxis tick={tick} tickLine={false} axisLine={false} width="auto" tickFormatter={format.rounded} />
          <Tooltip
            cursor={{ fill: "var(--bg-base-hover)" }}
            content={({ active, payload }) => {
              const arrived = payload[0]?.payload as Arrived | undefined
              if (!active || !arrived) return null
              const lines = arrived.byName.slice(0, MOST_NAMES).map(([name, events]): [string, string] => [t(`data.events.${name}`), format.units(events)])
              return <ChartTip title={format.day(arrived.day)} lines={lines} />
            }}
          />
          {SOURCES.map((source) => (
            <Bar key={source} dataKey={({ bySource }: Arrived) => bySource[source]} stackId="events" fill={COLORS[source]} isAnimationActive={false} />
          ))}
        </BarChart>
      </ResponsiveContainer>
    )
  }
  return { default: ArrivalsPlot }
})

/** Events of the last four weeks per day and source, and the same in words. */
export function ArrivalsChart({ data }: { data: DataAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const days = data.days.map((day, index): Arrived => {
    const bySource: Arrived["bySource"] = { medusa: 0, storefront: 0, import: 0 }
    const names = new Map<string, number>()
    for (const { source, name, counts } of data.arrivals) {
      const events = counts[index] ?? 0
      bySource[source] += events
      if (events > 0) names.set(name, (names.get(name) ?? 0) + events)
    }
    return { day, bySource, byName: [...names].sort(([, one], [, two]) => two - one) }
  })
  const total = (day: Arrived) => SOURCES.reduce((sum, source) => sum + day.bySource[source], 0)
  const all = days.reduce((sum, day) => sum + total(day), 0)
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return null
  const most = format.units(Math.max(...days.map(total)))
  const words = t("data.chart.alt", { from: format.day(first.day), to: format.day(last.day), total: format.units(all), most })
  return (
    <figure className="min-w-0 px-6 py-4" data-testid="arrivals-chart">
      <figcaption className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <Text as="span" size="small" weight="plus" className="mr-auto">
          {t("data.chart.title")}
        </Text>
        {SOURCES.map((source) => (
          <span key={source} className="text-ui-fg-subtle txt-compact-xsmall inline-flex items-center gap-1.5">
            <span aria-hidden className="inline-block h-2.5 w-3 rounded-sm" style={{ background: COLORS[source] }} />
            {t(`data.sources.${source}`)}
          </span>
        ))}
      </figcaption>
      {all === 0 ? (
        <Text size="small" className="text-ui-fg-subtle py-6 text-center" data-testid="arrivals-empty">
          {t("data.chart.empty")}
        </Text>
      ) : (
        <div role="img" aria-label={words} className="h-[180px]">
          <Suspense fallback={<Skeleton className="h-[180px] w-full" aria-label={t("chart.loading")} />}>
            <div aria-hidden>
              <Plot days={days} />
            </div>
          </Suspense>
        </div>
      )}
    </figure>
  )
}
