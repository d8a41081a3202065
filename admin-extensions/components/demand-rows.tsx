import { Badge, Table } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { DemandLineAnswer, DemandListAnswer } from "../../src/api/answers"
import type { DemandPlace } from "../hooks/use-demand-filter"
import { useFormats } from "../hooks/use-formats"
import { about, bandText, changeText, placeTitle } from "./demand-words"
import { PagedTable } from "./paged-table"

interface DemandRowsProps {
  answer: DemandListAnswer
  shown: DemandPlace
  isStale: boolean
  onPage: (page: number) => void
  onShow: (place: DemandPlace) => void
}

/** One page of a level as a table. A row opens what it stands for: by its button for keyboards, by a click anywhere for the mouse. */
export function DemandRows({ answer, shown, isStale, onPage, onShow }: DemandRowsProps) {
  const { t } = useTranslation("foresight")
  const { demand, level } = answer
  return (
    <PagedTable answer={answer} isStale={isStale} onPage={onPage}>
      <Table aria-label={t(`demand.levels.${level}`)} className="min-w-[720px]">
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("demand.columns.name")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("demand.soldLately")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("demand.nextWeeks")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("demand.band")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("demand.change")}</Table.HeaderCell>
            <Table.HeaderCell>{level === "variant" ? t("demand.columns.sells") : t("demand.columns.series")}</Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {demand.map((line) => (
            <DemandRow key={line.id} line={line} level={level} isShown={shown.level === level && shown.id === line.id} onShow={onShow} />
          ))}
        </Table.Body>
      </Table>
    </PagedTable>
  )
}

function DemandRow({ line, level, isShown, onShow }: { line: DemandLineAnswer; level: DemandListAnswer["level"]; isShown: boolean; onShow: DemandRowsProps["onShow"] }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { id, sku, sold, next, change } = line
  const title = placeTitle(t, { level, id, title: line.title })
  const show = () => onShow({ level, id })
  return (
    <Table.Row className="cursor-pointer" onClick={show} data-testid="demand-row" data-id={id} {...(isShown && { "aria-selected": true })}>
      <Table.Cell className="max-w-72">
        <button
          type="button"
          onClick={(event) => {
            event.stopPropagation()
            show()
          }}
          aria-current={isShown}
          className="txt-compact-small-plus focus-visible:shadow-borders-focus block max-w-full truncate rounded text-left outline-none hover:underline"
          title={title}
        >
          {title}
        </button>
        {sku && <span className="text-ui-fg-muted txt-compact-xsmall block truncate">{sku}</span>}
      </Table.Cell>
      <Table.Cell className="text-right tabular-nums">{format.units(sold)}</Table.Cell>
      <Table.Cell className="txt-compact-small-plus text-right tabular-nums">
        {line.is_overridden && (
          <Badge size="2xsmall" color="orange" className="mr-2">
            {t("demand.byHand")}
          </Badge>
        )}
        {about(format, next.mean)}
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap text-right tabular-nums">{bandText(format, next)}</Table.Cell>
      <Table.Cell className="text-right tabular-nums">{change === null ? "–" : changeText(format, change)}</Table.Cell>
      <Table.Cell className="whitespace-nowrap">{line.demand_class ? t(`demand.classes.${line.demand_class}.name`) : format.units(line.series)}</Table.Cell>
    </Table.Row>
  )
}
