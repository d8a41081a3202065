import { Skeleton, Text } from "@medusajs/ui"
import { lazy, Suspense } from "react"
import { useTranslation } from "react-i18next"
import type { TrainingAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { ChartTip } from "./chart-tip"

type Curve = TrainingAnswer["loss_curve"]

const Plot = lazy(async () => {
  const { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } = await import("recharts")
  const LossPlot = ({ curve }: { curve: Curve }) => {
    const { t } = useTranslation("foresight")
    const format = useFormats()
    const tick = { fill: "var(--fg-muted)", fontSize: 11 }
    return (
      <ResponsiveContainer width="100%" height={180}>
        <LineChart data={curve} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--border-base)" />
          <XAxis dataKey="step" tick={tick} tickLine={false} axisLine={{ stroke: "var(--border-strong)" }} minTickGap={32} tickFormatter={format.units} />
          <YAxis tick={tick} tickLine={false} axisLine={false} width="auto" domain={["auto", "auto"]} tickFormatter={format.units} />
          <Tooltip
            content={({ active, payload }) => {
              const point = payload[0]?.payload as Curve[number] | undefined
              if (!active || !point) return null
              return <ChartTip title={t("trainings.curve.step", { step: format.units(point.step) })} lines={[[t("trainings.curve.loss"), format.figure(point.loss)]]} />
            }}
          />
          <Line dataKey="loss" stroke="var(--tag-blue-icon)" strokeWidth={2} dot={false} isAnimationActive={false} />
        </LineChart>
      </ResponsiveContainer>
    )
  }
  return { default: LossPlot }
})

/** How the loss fell while the net was fitted. */
export function LossChart({ curve }: { curve: Curve }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const [first, last] = [curve[0], curve.at(-1)]
  return (
    <figure data-testid="loss-curve">
      <figcaption className="mb-2 flex flex-wrap items-center gap-x-4">
        <Text as="span" size="small" weight="plus" className="mr-auto">
          {t("trainings.curve.title")}
        </Text>
        {first && <Key color="var(--tag-blue-icon)" text={t("trainings.curve.loss")} />}
      </figcaption>
      {first && last ? (
        <div
          role="img"
          aria-label={t("trainings.curve.alt", { steps: format.units(last.step), first: format.figure(first.loss), last: format.figure(last.loss) })}
          className="h-[180px]"
        >
          <Suspense fallback={<Skeleton className="h-[180px] w-full" />}>
            <div aria-hidden>
              <Plot curve={curve} />
            </div>
          </Suspense>
        </div>
      ) : (
        <Text size="small" className="text-ui-fg-subtle">
          {t("trainings.curve.empty")}
        </Text>
      )}
    </figure>
  )
}

function Key({ color, text }: { color: string; text: string }) {
  return (
    <span className="text-ui-fg-subtle txt-compact-xsmall inline-flex items-center gap-1.5">
      <span aria-hidden className="inline-block h-0.5 w-3" style={{ background: color }} />
      {text}
    </span>
  )
}
