import { Skeleton, Text } from "@medusajs/ui"
import { lazy, Suspense } from "react"
import { useTranslation } from "react-i18next"
import type { DemandSeriesAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { ChartKey } from "./chart-key"
import { ChartTip } from "./chart-tip"
import { chartWeeks, spansOf, type ChartWeek } from "./demand-weeks"
import { about, bandText } from "./demand-words"

const COLORS = {
  sold: "var(--tag-neutral-icon)",
  missed: "var(--tag-red-icon)",
  expected: "var(--tag-blue-icon)",
  byHand: "var(--tag-orange-icon)",
  promotion: "var(--tag-green-icon)",
}

/** The drawing itself; the chart library is fetched on first use. */
const Plot = lazy(async () => {
  const { Area, Bar, CartesianGrid, ComposedChart, Line, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } = await import("recharts")
  const OutlookPlot = ({ weeks, height }: { weeks: ChartWeek[]; height: number }) => {
    const { t } = useTranslation("foresight")
    const format = useFormats()
    const tick = { fill: "var(--fg-muted)", fontSize: 11 }
    return (
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart data={weeks} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false} barCategoryGap="20%">
          <CartesianGrid vertical={false} stroke="var(--border-base)" />
          <XAxis dataKey="day" tickFormatter={format.shortDay} tick={tick} tickLine={false} axisLine={{ stroke: "var(--border-strong)" }} minTickGap={32} />
          <YAxis tick={tick} tickLine={false} axisLine={false} width="auto" tickFormatter={format.rounded} />
          {spansOf(weeks, ({ promotions }) => promotions.length > 0).map(({ from, to }) => (
            <ReferenceArea key={`promotion ${from}`} x1={from} x2={to} fill={COLORS.promotion} fillOpacity={0.15} ifOverflow="visible" />
          ))}
          {spansOf(weeks, ({ isShort }) => isShort).map(({ from, to }) => (
            <ReferenceArea key={`short ${from}`} x1={from} x2={to} fill={COLORS.missed} fillOpacity={0.12} ifOverflow="visible" />
          ))}
          <Tooltip
            cursor={{ fill: "var(--bg-base-hover)" }}
            content={({ active, payload }) => {
              const week = payload[0]?.payload as ChartWeek | undefined
              return active && week ? <ChartTip title={t("chart.week", { day: format.day(week.day) })} lines={tipLines(week)} /> : null
            }}
          />
          <Bar dataKey="sold" stackId="past" fill={COLORS.sold} isAnimationActive={false} />
          <Bar dataKey="missed" stackId="past" fill={COLORS.missed} fillOpacity={0.5} isAnimationActive={false} />
          <Area dataKey="band" type="monotone" stroke="none" fill={COLORS.expected} fillOpacity={0.25} isAnimationActive={false} connectNulls={false} />
          <Line
            dataKey="mean"
            type="monotone"
            stroke={COLORS.expected}
            strokeWidth={2}
            isAnimationActive={false}
            dot={({ cx, cy, payload, index }: { cx?: number; cy?: number; payload: ChartWeek; index: number }) =>
              payload.mean === undefined ? (
                <g key={index} />
              ) : (
                <circle key={index} cx={cx} cy={cy} r={isByHand(payload) ? 4 : 2} fill={isByHand(payload) ? COLORS.byHand : COLORS.expected} />
              )
            }
          />
        </ComposedChart>
      </ResponsiveContainer>
    )

    function tipLines({ sold, missed = 0, outOfStock, mean, band, modelMean, promotions }: ChartWeek): [string, string][] {
      const lines: [string, string][] = []
      if (sold !== undefined) lines.push([t("demand.sold"), format.units(sold)])
      if (missed > 0) lines.push([t("demand.missed"), about(format, missed)])
      if (outOfStock > 0) lines.push([t("demand.outOfStock"), format.chance(outOfStock)])
      if (mean !== undefined) lines.push([t("demand.expected"), about(format, mean)])
      if (band) lines.push([t("demand.band"), bandText(format, { low: band[0], high: band[1] })])
      if (typeof modelMean === "number") lines.push([t("demand.model"), about(format, modelMean)])
      if (promotions.length > 0) lines.push([t("demand.promotion"), promotions.join(", ")])
      return lines
    }
  }
  return { default: OutlookPlot }
})

const isByHand = ({ modelMean }: ChartWeek) => typeof modelMean === "number"

/** Past weeks, weeks ahead with their band, promotions and stock-outs; and the same in words for those who cannot see it. */
export function DemandOutlookChart({ answer, past, height }: { answer: DemandSeriesAnswer; past: number; height: number }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const weeks = chartWeeks(answer, past)
  const [first, last] = [weeks[0], weeks.at(-1)]
  if (!first || !last) return null
  const { next } = answer
  const words = t("demand.chartAlt", {
    from: format.day(first.day),
    to: format.day(last.day),
    sold: format.units(next.sold),
    expected: about(format, next.mean),
    band: bandText(format, next),
  })
  return (
    <figure className="min-w-0" data-testid="demand-outlook-chart">
      <figcaption className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <Text as="span" size="small" weight="plus" className="mr-auto">
          {t("chart.title")}
        </Text>
        <ChartKey color={COLORS.sold} text={t("demand.sold")} />
        <ChartKey color={COLORS.expected} text={t("demand.expected")} line />
        <ChartKey color={COLORS.expected} text={t("demand.band")} faint />
        {weeks.some(({ missed = 0 }) => missed > 0) && <ChartKey color={COLORS.missed} text={t("demand.missed")} />}
        {weeks.some(({ isShort }) => isShort) && <ChartKey color={COLORS.missed} text={t("demand.outOfStock")} faint />}
        {weeks.some(({ promotions }) => promotions.length > 0) && <ChartKey color={COLORS.promotion} text={t("demand.promotion")} faint />}
        {weeks.some(isByHand) && <ChartKey color={COLORS.byHand} text={t("demand.byHand")} />}
      </figcaption>
      <div role="img" aria-label={words} style={{ height }}>
        <Suspense fallback={<Skeleton className="h-full w-full" aria-label={t("chart.loading")} />}>
          <div aria-hidden>
            <Plot weeks={weeks} height={height} />
          </div>
        </Suspense>
      </div>
    </figure>
  )
}
