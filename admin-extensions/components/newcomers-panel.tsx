import { Container, Heading, Table, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { NewcomerAnswer } from "../../src/api/answers"
import { useNewcomers } from "../hooks/use-demand"
import { AboutBand } from "./about-band"
import { ListStates } from "./list-states"
import { newcomerAge, newcomerOthers } from "./newcomer-words"
import { PagedTable } from "./paged-table"

const ROWS = 10

/** What is new in the shop, and what others sold when they were new. */
export function NewcomersPanel() {
  const { t } = useTranslation("foresight")
  const [page, setPage] = useState(0)
  const query = useNewcomers({ limit: ROWS, offset: page * ROWS })
  const { data, isPlaceholderData } = query
  return (
    <Container className="divide-y p-0" data-testid="newcomers">
      <div className="px-6 py-4">
        <Heading level="h2">{t("demand.newcomers.title")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("demand.newcomers.subtitle")}
        </Text>
      </div>
      <ListStates what="newcomers" query={query} rows={data?.newcomers} bars={1} emptyText={t("demand.newcomers.empty")} emptyTestId="newcomers-empty" />
      {data && data.newcomers.length > 0 && (
        <PagedTable answer={data} isStale={isPlaceholderData} onPage={setPage}>
          <Table aria-label={t("demand.newcomers.title")} className="min-w-[1080px]">
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell>{t("demand.columns.name")}</Table.HeaderCell>
                <Table.HeaderCell>{t("demand.newcomers.age")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t("demand.newcomers.perWeek")}</Table.HeaderCell>
                <Table.HeaderCell className="text-right">{t("demand.newcomers.firstOrder")}</Table.HeaderCell>
                <Table.HeaderCell>{t("demand.newcomers.comparedWith")}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {data.newcomers.map((newcomer) => (
                <NewcomerRow key={newcomer.variant_id} newcomer={newcomer} />
              ))}
            </Table.Body>
          </Table>
        </PagedTable>
      )}
    </Container>
  )
}

function NewcomerRow({ newcomer }: { newcomer: NewcomerAnswer }) {
  const { t } = useTranslation("foresight")
  const { variant_id: id, product_id: productId, title, sku, per_week: perWeek, first_order: firstOrder } = newcomer
  return (
    <Table.Row data-testid="newcomer-row" data-id={id}>
      <Table.Cell className="max-w-64">
        <Link
          to={`/products/${productId}/variants/${id}`}
          className="txt-compact-small-plus focus-visible:shadow-borders-focus block max-w-full truncate rounded outline-none hover:underline"
          title={title}
        >
          {title}
        </Link>
        <span className="text-ui-fg-muted txt-compact-xsmall block truncate">{sku}</span>
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">{newcomerAge(t, newcomer)}</Table.Cell>
      <Table.Cell className="whitespace-nowrap text-right tabular-nums">
        <AboutBand band={perWeek} />
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap text-right tabular-nums">
        <AboutBand band={firstOrder} />
        <span className="text-ui-fg-muted txt-compact-xsmall block">{t("demand.newcomers.days", { count: firstOrder.days })}</span>
      </Table.Cell>
      <Table.Cell className="whitespace-normal">{newcomerOthers(t, newcomer)}</Table.Cell>
    </Table.Row>
  )
}
