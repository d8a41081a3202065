import { Button, Table } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { SetAsideLineAnswer, SetAsideListAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { PagedTable } from "./paged-table"

/** A list counts no further. */
const MOST_COUNTED = 10_000

interface SetAsideRowsProps {
  answer: SetAsideListAnswer
  /** True while the next page is on its way and this one still stands. */
  isStale: boolean
  onPage: (page: number) => void
  onRestore: (line: SetAsideLineAnswer) => void
  onExclude: (line: SetAsideLineAnswer) => void
}

/** One page of lines with their reason in plain words. */
export function SetAsideRows({ answer, isStale, onPage, onRestore, onExclude }: SetAsideRowsProps) {
  const { t } = useTranslation("foresight")
  const { lines, count, limit } = answer
  const isCountOpen = count === MOST_COUNTED
  return (
    <PagedTable answer={answer} isStale={isStale} onPage={onPage} isCountOpen={isCountOpen} mayGoOn={isCountOpen && lines.length === limit}>
      <Table aria-label={t("data.lines.title")} className="min-w-[860px]">
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("data.columns.day")}</Table.HeaderCell>
            <Table.HeaderCell>{t("data.columns.line")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("data.columns.quantity")}</Table.HeaderCell>
            <Table.HeaderCell>{t("data.columns.source")}</Table.HeaderCell>
            <Table.HeaderCell>{t("data.columns.reason")}</Table.HeaderCell>
            <Table.HeaderCell>
              <span className="sr-only">{t("data.columns.change")}</span>
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {lines.map((line) => (
            <LineRow key={`${line.day} ${line.event_id}`} line={line} onRestore={onRestore} onExclude={onExclude} />
          ))}
        </Table.Body>
      </Table>
    </PagedTable>
  )
}

function LineRow({ line, onRestore, onExclude }: { line: SetAsideLineAnswer } & Pick<SetAsideRowsProps, "onRestore" | "onExclude">) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { event } = line
  const source = event?.source.split(":")[0]
  const what = event?.sku ?? event?.product_id ?? line.event_id
  const decided = line.changed_by && line.changed_at && t("data.changedBy", { who: line.changed_by, when: format.instant(line.changed_at) })
  const more = [line.detail, decided].filter(Boolean).join(" · ")
  const isSetAside = line.restored_at === null
  return (
    <Table.Row data-testid="set-aside-row" data-event={line.event_id} data-reason={line.reason}>
      <Table.Cell className="whitespace-nowrap">{format.day(line.day)}</Table.Cell>
      <Table.Cell className="max-w-64">
        <span className="txt-compact-small-plus block truncate" title={what}>
          {what}
        </span>
        <span className="text-ui-fg-muted txt-compact-xsmall block truncate" title={event?.order_id ?? undefined}>
          {event ? [t(`data.events.${event.name}`), event.order_id].filter(Boolean).join(" · ") : t("data.lines.gone")}
        </span>
      </Table.Cell>
      <Table.Cell className="text-right tabular-nums">{event?.quantity == null ? "–" : format.units(event.quantity)}</Table.Cell>
      <Table.Cell className="whitespace-nowrap">{source ? t(`data.sources.${source}`) : "–"}</Table.Cell>
      <Table.Cell className="max-w-80 py-2">
        <span className="txt-compact-small-plus block">{t(`data.reasons.${line.reason}.name`)}</span>
        {more && <span className="text-ui-fg-muted txt-compact-xsmall block whitespace-normal">{more}</span>}
      </Table.Cell>
      <Table.Cell className="text-right">
        <Button
          size="small"
          variant="transparent"
          onClick={() => (isSetAside ? onRestore(line) : onExclude(line))}
          aria-label={isSetAside ? t("data.restoreLine", { line: what }) : t("data.excludeLine", { line: what })}
          data-testid={isSetAside ? "restore-line" : "exclude-line"}
        >
          {isSetAside ? t("data.restore") : t("data.exclude")}
        </Button>
      </Table.Cell>
    </Table.Row>
  )
}
