import { Button, Table } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import type { DemandSeriesAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { chartWeeks, type ChartWeek } from "./demand-weeks"
import { about, bandText } from "./demand-words"

const ALL_WEEKS = 52

/** Every number of the chart, newest week first; opened on demand. */
export function DemandWeeksTable({ answer }: { answer: DemandSeriesAnswer }) {
  const { t } = useTranslation("foresight")
  const [open, setOpen] = useState(false)
  const panel = useId()
  const weeks = open ? chartWeeks(answer, ALL_WEEKS).reverse() : []
  const hasPrice = weeks.some(({ price }) => typeof price === "number")
  return (
    <div>
      <Button size="small" variant="transparent" aria-expanded={open} aria-controls={panel} onClick={() => setOpen(!open)} data-testid="demand-weeks-toggle">
        {t(open ? "demand.hideTable" : "demand.showTable")}
      </Button>
      <div id={panel} hidden={!open} className="max-h-96 overflow-auto">
        {open && (
          <Table aria-label={t("demand.tableCaption")} className="min-w-[620px]" data-testid="demand-weeks">
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell>{t("demand.columns.week")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t("demand.sold")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t("demand.expected")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t("demand.band")}</Table.HeaderCell>
                {hasPrice && <Table.HeaderCell className="text-right">{t("demand.columns.price")}</Table.HeaderCell>}
                <Table.HeaderCell className="text-right">{t("demand.outOfStock")}</Table.HeaderCell>
                <Table.HeaderCell>{t("demand.columns.notes")}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {weeks.map((week) => (
                <WeekRow key={week.day} week={week} hasPrice={hasPrice} />
              ))}
            </Table.Body>
          </Table>
        )}
      </div>
    </div>
  )
}

function WeekRow({ week, hasPrice }: { week: ChartWeek; hasPrice: boolean }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { day, sold, missed = 0, price, outOfStock, mean, band, modelMean, promotions } = week
  const notes = [
    missed > 0 && t("demand.missedNote", { units: about(format, missed) }),
    typeof modelMean === "number" && t("demand.byHandNote", { units: about(format, modelMean) }),
    promotions.length > 0 && t("demand.promotionNote", { codes: promotions.join(", ") }),
  ].filter(Boolean)
  return (
    <Table.Row>
      <Table.Cell className="whitespace-nowrap">{format.day(day)}</Table.Cell>
      <Table.Cell className="text-right tabular-nums">{sold === undefined ? "–" : format.units(sold)}</Table.Cell>
      <Table.Cell className="text-right tabular-nums">{mean === undefined ? "–" : about(format, mean)}</Table.Cell>
      <Table.Cell className="whitespace-nowrap text-right tabular-nums">{band ? bandText(format, { low: band[0], high: band[1] }) : "–"}</Table.Cell>
      {hasPrice && <Table.Cell className="text-right tabular-nums">{typeof price === "number" ? format.rounded(price) : "–"}</Table.Cell>}
      <Table.Cell className="text-right tabular-nums">{outOfStock > 0 ? format.chance(outOfStock) : "–"}</Table.Cell>
      <Table.Cell className="whitespace-normal">{notes.join("; ")}</Table.Cell>
    </Table.Row>
  )
}
