import { Skeleton, Text } from "@medusajs/ui"
import { lazy, Suspense } from "react"
import { useTranslation } from "react-i18next"
import type { DemandChartAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { ChartKey } from "./chart-key"
import { ChartTip } from "./chart-tip"

interface Week {
  day: string
  units?: number | null
  median?: number
  band?: [number, number]
}
interface PlotProps {
  weeks: Week[]
}

/** The drawing itself. The chart library is fetched on first use: the admin bundle is loaded on every page. */
const Plot = lazy(async () => {
  const { Area, Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } = await import("recharts")
  const DemandPlot = ({ weeks }: PlotProps) => {
    const { t } = useTranslation("foresight")
    const format = useFormats()
    const tick = { fill: "var(--fg-muted)", fontSize: 11 }
    return (
      <ResponsiveContainer width="100%" height={180}>
        <ComposedChart data={weeks} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false} barCategoryGap="20%">
          <CartesianGrid vertical={false} stroke="var(--border-base)" />
          <XAxis dataKey="day" tickFormatter={format.shortDay} tick={tick} tickLine={false} axisLine={{ stroke: "var(--border-strong)" }} minTickGap={32} />
          <YAxis tick={tick} tickLine={false} axisLine={false} width="auto" tickFormatter={format.rounded} />
          <Tooltip
            cursor={{ fill: "var(--bg-base-hover)" }}
            content={({ active, payload }) => {
              const week = payload[0]?.payload as Week | undefined
              if (!active || !week) return null
              const lines: [string, string][] = []
              if (typeof week.units === "number") lines.push([t("chart.sold"), format.units(week.units)])
              if (week.median !== undefined) lines.push([t("chart.median"), format.rounded(week.median)])
              if (week.band) lines.push([t("chart.band"), `${format.rounded(week.band[0])}–${format.rounded(week.band[1])}`])
              return <ChartTip title={t("chart.week", { day: format.day(week.day) })} lines={lines} />
            }}
          />
          <Bar dataKey="units" fill="var(--tag-neutral-icon)" radius={[2, 2, 0, 0]} isAnimationActive={false} />
          <Area dataKey="band" type="monotone" stroke="none" fill="var(--tag-blue-icon)" fillOpacity={0.3} isAnimationActive={false} connectNulls={false} />
          <Line dataKey="median" type="monotone" stroke="var(--tag-blue-icon)" strokeWidth={2} dot={{ r: 2, fill: "var(--tag-blue-icon)" }} isAnimationActive={false} />
        </ComposedChart>
      </ResponsiveContainer>
    )
  }
  return { default: DemandPlot }
})

/** Past weekly sales with the forecast's band, and the same in words for those who cannot see it. */
export function DemandChart({ chart }: { chart: DemandChartAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const known = chart.history.flatMap(({ units }) => (units === null ? [] : [units]))
  const [first, last] = [chart.history[0], chart.history.at(-1)]
  const ahead = chart.forecast.at(-1)
  if (!first || !last || (known.length === 0 && !ahead)) {
    return (
      <Text size="small" className="text-ui-fg-subtle">
        {t("chart.empty")}
      </Text>
    )
  }
  const unknown = chart.history.length - known.length
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  const words = [
    t("chart.altHistory", {
      from: format.day(first.period_start),
      to: format.day(last.period_start),
      mean: format.rounded(sum(known) / Math.max(1, known.length)),
      most: format.units(Math.max(0, ...known)),
    }),
    ahead &&
      t("chart.altForecast", {
        to: format.day(ahead.period_start),
        median: format.rounded(sum(chart.forecast.map(({ q50 }) => q50))),
        low: format.rounded(Math.min(...chart.forecast.map(({ q10 }) => q10))),
        high: format.rounded(Math.max(...chart.forecast.map(({ q90 }) => q90))),
      }),
    unknown > 0 && t("chart.unknown", { count: unknown }),
  ].filter(Boolean)
  const weeks: Week[] = [
    ...chart.history.map(({ period_start: day, units }) => ({ day, units })),
    ...chart.forecast.map(({ period_start: day, q10, q50, q90 }) => ({ day, median: q50, band: [q10, q90] as [number, number] })),
  ]
  return (
    <figure className="min-w-0" data-testid="demand-chart">
      <figcaption className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <Text as="span" size="small" weight="plus" className="mr-auto">
          {t("chart.title")}
        </Text>
        <ChartKey color="var(--tag-neutral-icon)" text={t("chart.sold")} />
        {ahead && <ChartKey color="var(--tag-blue-icon)" text={t("chart.median")} line />}
        {ahead && <ChartKey color="var(--tag-blue-icon)" text={t("chart.band")} faint />}
      </figcaption>
      <div role="img" aria-label={words.join(" ")} className="h-[180px]">
        <Suspense fallback={<Skeleton className="h-[180px] w-full" aria-label={t("chart.loading")} />}>
          <div aria-hidden>
            <Plot weeks={weeks} />
          </div>
        </Suspense>
      </div>
      {unknown > 0 && (
        <Text size="xsmall" className="text-ui-fg-muted mt-1">
          {t("chart.unknown", { count: unknown })}
        </Text>
      )}
    </figure>
  )
}
