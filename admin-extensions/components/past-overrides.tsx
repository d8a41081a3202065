import { Container, Heading, Table, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { DemandOverrideAnswer } from "../../src/api/answers"
import { useOverrides } from "../hooks/use-demand"
import { useFormats } from "../hooks/use-formats"
import { about } from "./demand-words"
import { ListStates } from "./list-states"
import { PagedTable } from "./paged-table"

const ROWS = 10

/** Forecasts set by hand whose days are over: what the model had said, what was said by hand, what happened. */
export function PastOverrides() {
  const { t } = useTranslation("foresight")
  const [page, setPage] = useState(0)
  const query = useOverrides({ state: "past", limit: ROWS, offset: page * ROWS })
  const { data, isPlaceholderData } = query
  return (
    <Container className="divide-y p-0" data-testid="past-overrides">
      <div className="px-6 py-4">
        <Heading level="h2">{t("demand.past.title")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("demand.past.subtitle")}
        </Text>
      </div>
      <ListStates what="overrides" query={query} rows={data?.overrides} bars={1} emptyText={t("demand.past.empty")} emptyTestId="past-overrides-empty" />
      {data && data.overrides.length > 0 && (
        <PagedTable answer={data} isStale={isPlaceholderData} onPage={setPage}>
          <Table aria-label={t("demand.past.title")} className="min-w-[720px]">
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell>{t("demand.columns.name")}</Table.HeaderCell>
                <Table.HeaderCell>{t("demand.past.days")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t("demand.past.forecast")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t("demand.past.override")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t("demand.sold")}</Table.HeaderCell>
                <Table.HeaderCell>{t("demand.past.nearer")}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {data.overrides.map((override) => (
                <PastRow key={override.id} override={override} />
              ))}
            </Table.Body>
          </Table>
        </PagedTable>
      )}
    </Container>
  )
}

function PastRow({ override }: { override: DemandOverrideAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { outcome } = override
  if (!outcome) return null
  return (
    <Table.Row data-testid="past-override" data-nearer={outcome.nearer}>
      <Table.Cell className="max-w-64">
        <span className="txt-compact-small-plus block truncate">{override.title ?? override.variant_id}</span>
        <span className="text-ui-fg-muted txt-compact-xsmall block truncate">
          {[override.location_name, t("demand.past.by", { who: override.created_by })].filter(Boolean).join(" · ")}
        </span>
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        {format.day(override.from_day)} – {t("demand.past.count", { count: outcome.days })}
      </Table.Cell>
      <Table.Cell className="text-right tabular-nums">{about(format, outcome.forecast_units)}</Table.Cell>
      <Table.Cell className="text-right tabular-nums">{about(format, outcome.override_units)}</Table.Cell>
      <Table.Cell className="txt-compact-small-plus text-right tabular-nums">{format.units(outcome.sold_units)}</Table.Cell>
      <Table.Cell>{t(`demand.past.who.${outcome.nearer}`)}</Table.Cell>
    </Table.Row>
  )
}
