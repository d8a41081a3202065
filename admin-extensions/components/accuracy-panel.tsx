import { Table, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { DemandAccuracyAnswer } from "../../src/api/answers"
import { useDemandAccuracy } from "../hooks/use-demand"
import { useFormats } from "../hooks/use-formats"
import { AnswerPanel } from "./answer-panel"
import { changeText, percentText } from "./demand-words"

/** Share too much or too little from which it is worth a sentence. */
const LEAST_BIAS = 0.02

/** How good forecasts were, in words and per class: beside past weeks that the model had not seen, and in the weeks since forecasts are kept. */
export function AccuracyPanel() {
  const { t } = useTranslation("foresight")
  const answer = useDemandAccuracy()
  const { data } = answer
  return (
    <AnswerPanel testId="demand-accuracy" title={t("demand.accuracy.title")} subtitle={t("demand.accuracy.subtitle")} what="accuracy" answer={answer}>
      {data && <Lived lived={data.lived} keptSince={data.kept_since} />}
      {data && <Backtest answer={data} />}
    </AnswerPanel>
  )
}

function Backtest({ answer: { backtest, model } }: { answer: DemandAccuracyAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const first = backtest?.held_out_origins[0]
  if (!backtest || !model || !first) {
    return (
      <Text size="small" className="px-6 py-4" data-testid="no-backtest">
        {t("demand.accuracy.noBacktest")}
      </Text>
    )
  }
  const { overall, naive, sum_weeks: weeks } = backtest
  const tenths = (share: number) => format.rounded(10 * share)
  return (
    <div>
      <div className="px-6 py-4">
        <Text size="small" data-testid="backtest-words">
          {t("demand.accuracy.backtest", {
            version: model.version,
            from: format.day(first),
            off: percentText(format, overall.off),
            below: tenths(overall.below_upper),
            count: weeks,
          })}
          {naive && ` ${t("demand.accuracy.naive", { off: percentText(format, naive.off) })}`}
          {Math.abs(overall.bias) >= LEAST_BIAS &&
            ` ${t(overall.bias > 0 ? "demand.accuracy.tooMuch" : "demand.accuracy.tooLittle", { bias: percentText(format, Math.abs(overall.bias)) })}`}
        </Text>
      </div>
      <div className="overflow-x-auto">
        <Table aria-label={t("demand.accuracy.backtestTable")} className="min-w-[560px]" data-testid="backtest-classes">
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell>{t("demand.columns.sells")}</Table.HeaderCell>
              <Table.HeaderCell className="text-right">{t("demand.accuracy.items")}</Table.HeaderCell>
              <Table.HeaderCell className="text-right">{t("demand.accuracy.off")}</Table.HeaderCell>
              <Table.HeaderCell className="text-right">{t("demand.accuracy.bias")}</Table.HeaderCell>
              <Table.HeaderCell className="text-right">{t("demand.accuracy.below")}</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {backtest.classes.map(({ demand_class: name, series, off, bias, below_upper: below }) => (
              <Table.Row key={name}>
                <Table.Cell>{t(`demand.classes.${name}.name`)}</Table.Cell>
                <Table.Cell className="text-right tabular-nums">{format.units(series)}</Table.Cell>
                <Table.Cell className="text-right tabular-nums">{percentText(format, off)}</Table.Cell>
                <Table.Cell className="text-right tabular-nums">{changeText(format, bias)}</Table.Cell>
                <Table.Cell className="text-right tabular-nums">{t("demand.accuracy.ofTen", { count: 10 * below, times: tenths(below) })}</Table.Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </div>
    </div>
  )
}

function Lived({ lived, keptSince }: { lived: DemandAccuracyAnswer["lived"]; keptSince: string | null }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const [first, last] = [lived.weeks[0], lived.weeks.at(-1)]
  if (!first || !last) {
    return (
      <Text size="small" className="px-6 py-4" data-testid="no-lived">
        {keptSince ? t("demand.accuracy.notYet", { day: format.day(keptSince) }) : t("demand.accuracy.notKept")}
      </Text>
    )
  }
  return (
    <div className="px-6 py-4" data-testid="lived-accuracy">
      <Text size="small" weight="plus">
        {t("demand.accuracy.lived", { from: format.day(first), to: format.day(last), count: lived.weeks.length })}
      </Text>
      {lived.replayed_weeks.length > 0 && (
        <Text size="small" className="text-ui-fg-subtle" data-testid="lived-replayed">
          {t("demand.accuracy.replayed", { count: lived.replayed_weeks.length })}
        </Text>
      )}
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
        {lived.classes.map(({ demand_class: name, count, inside, off }) => (
          <li key={name} className="txt-small">
            {t("demand.accuracy.livedClass", { items: t(`demand.classes.${name}.items`), inside: format.rounded((10 * inside) / Math.max(1, count)) })}
            {off !== null && ` ${t("demand.accuracy.livedOff", { off: percentText(format, off) })}`}
          </li>
        ))}
      </ul>
    </div>
  )
}
