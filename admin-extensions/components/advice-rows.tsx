import { Button, Table, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link, useNavigate } from "react-router-dom"
import type { AdviceAnswer, AdviceListAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { CoverText } from "./cover-text"
import { OrderByBadge } from "./order-by-badge"
import { PagedTable } from "./paged-table"
import { AdviceMark } from "./status-mark"

interface AdviceRowsProps {
  answer: AdviceListAnswer
  /** True while the next page is on its way and this one still stands. */
  isStale: boolean
  onPage: (page: number) => void
  onClear: () => void
}

/** One page of advice as a table. A row leads to its inventory item: by its link for keyboards, by a click anywhere for the mouse. */
export function AdviceRows({ answer, isStale, onPage, onClear }: AdviceRowsProps) {
  const { t } = useTranslation("foresight")
  const { advice } = answer
  if (advice.length === 0) {
    return (
      <div className="flex flex-col items-center gap-3 px-6 py-12" data-testid="advice-no-match">
        <Text size="small">{t("list.noMatch")}</Text>
        <Button size="small" variant="secondary" onClick={onClear}>
          {t("list.clear")}
        </Button>
      </div>
    )
  }
  return (
    <PagedTable answer={answer} isStale={isStale} onPage={onPage}>
      <Table aria-label={t("list.caption")} className="min-w-[760px]">
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("columns.product")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("columns.quantity")}</Table.HeaderCell>
            <Table.HeaderCell>{t("columns.orderBy")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("columns.chance")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("columns.cover")}</Table.HeaderCell>
            <Table.HeaderCell>{t("columns.status")}</Table.HeaderCell>
            <Table.HeaderCell>{t("columns.location")}</Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {advice.map((row) => (
            <AdviceRow key={`${row.inventory_item_id} ${row.location_id}`} advice={row} />
          ))}
        </Table.Body>
      </Table>
    </PagedTable>
  )
}

function AdviceRow({ advice }: { advice: AdviceAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const navigate = useNavigate()
  const to = `/inventory/${advice.inventory_item_id}`
  const isThin = advice.status === "too_few_sales"
  return (
    <Table.Row className="cursor-pointer" onClick={() => void navigate(to)} data-testid="advice-row" data-item={advice.inventory_item_id} data-location={advice.location_id}>
      <Table.Cell className="max-w-64">
        <Link
          to={to}
          onClick={(event) => event.stopPropagation()}
          className="txt-compact-small-plus focus-visible:shadow-borders-focus block truncate rounded outline-none hover:underline"
          title={advice.title}
        >
          {advice.title}
        </Link>
        {advice.sku && <span className="text-ui-fg-muted txt-compact-xsmall block truncate">{advice.sku}</span>}
      </Table.Cell>
      <Table.Cell className="txt-compact-small-plus text-right tabular-nums">{isThin ? "–" : format.units(advice.order_quantity)}</Table.Cell>
      <Table.Cell className="whitespace-nowrap">{isThin ? "–" : <OrderByBadge advice={advice} brief />}</Table.Cell>
      <Table.Cell className="text-right tabular-nums">{advice.stockout_probability === null ? "–" : format.chance(advice.stockout_probability)}</Table.Cell>
      <Table.Cell className="whitespace-nowrap text-right tabular-nums">
        <CoverText advice={advice} brief />
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        <AdviceMark status={advice.status} />
      </Table.Cell>
      <Table.Cell className="max-w-40 truncate">{advice.location_name ?? t("advice.unknownLocation", { id: advice.location_id })}</Table.Cell>
    </Table.Row>
  )
}
