import { Heading, Table, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { DemandSurpriseAnswer } from "../../src/api/answers"
import type { DemandPlace } from "../hooks/use-demand-filter"
import { useFormats } from "../hooks/use-formats"
import { about, bandText } from "./demand-words"

interface SurpriseRowsProps {
  title: string
  explanation: string
  surprises: readonly DemandSurpriseAnswer[]
  /** Shows the 98% band instead of the 80% one. */
  isWide: boolean
  testId: string
  onShow: (place: DemandPlace) => void
}

/** Weeks that ended far from their forecast, as a table. */
export function SurpriseRows({ title, explanation, surprises, isWide, testId, onShow }: SurpriseRowsProps) {
  const { t } = useTranslation("foresight")
  return (
    <section data-testid={testId}>
      <div className="px-6 py-4">
        <Heading level="h3">{title}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {explanation}
        </Text>
      </div>
      {surprises.length > 0 && (
        <div className="overflow-x-auto">
          <Table aria-label={title} className="min-w-[720px]">
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell>{t("demand.columns.name")}</Table.HeaderCell>
                <Table.HeaderCell>{t("demand.columns.week")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t("demand.sold")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t("demand.expected")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t(isWide ? "demand.surprises.wideBand" : "demand.band")}</Table.HeaderCell>
                <Table.HeaderCell>{t("demand.surprises.reason")}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {surprises.map((surprise) => (
                <SurpriseRow key={`${surprise.variant_id} ${surprise.location_id} ${surprise.first_day}`} surprise={surprise} isWide={isWide} onShow={onShow} />
              ))}
            </Table.Body>
          </Table>
        </div>
      )}
    </section>
  )
}

function SurpriseRow({ surprise, isWide, onShow }: { surprise: DemandSurpriseAnswer } & Pick<SurpriseRowsProps, "isWide" | "onShow">) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { title, sku, sold, mean, reason } = surprise
  const band = isWide ? { low: surprise.lowest, high: surprise.highest } : surprise
  const why = t(`demand.surprises.reasons.${reason}`, {
    share: format.chance(surprise.out_of_stock),
    units: format.units(surprise.largest_order),
    code: surprise.promotion ?? "",
  })
  return (
    <Table.Row data-testid="surprise-row" data-reason={reason}>
      <Table.Cell className="max-w-64">
        <button
          type="button"
          onClick={() => onShow({ level: "variant", id: surprise.variant_id })}
          className="txt-compact-small-plus focus-visible:shadow-borders-focus block max-w-full truncate rounded text-left outline-none hover:underline"
          title={title}
        >
          {title}
        </button>
        <span className="text-ui-fg-muted txt-compact-xsmall block truncate">{[sku, surprise.location_name].filter(Boolean).join(" · ")}</span>
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">{format.day(surprise.first_day)}</Table.Cell>
      <Table.Cell className="txt-compact-small-plus text-right tabular-nums">
        <span aria-hidden>{sold > mean ? "▲ " : "▼ "}</span>
        {format.units(sold)}
      </Table.Cell>
      <Table.Cell className="text-right tabular-nums">{about(format, mean)}</Table.Cell>
      <Table.Cell className="whitespace-nowrap text-right tabular-nums">{bandText(format, band)}</Table.Cell>
      <Table.Cell className="whitespace-normal">{why}</Table.Cell>
    </Table.Row>
  )
}
