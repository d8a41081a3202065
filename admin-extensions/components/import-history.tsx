import { Button, Container, Heading, StatusBadge, Table, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { ImportAnswer } from "../../src/api/answers"
import { downloadRefusals } from "../hooks/download-refusals"
import { useFormats } from "../hooks/use-formats"
import { isImporting, useCancelImport, useImports } from "../hooks/use-imports"
import { ListStates } from "./list-states"

const STEP = 10
const MOST = 200
const COLORS = { staging: "orange", inserting: "orange", done: "green", failed: "red", canceled: "grey" } as const

/** The imports of the shop, newest first: how far each is, what was kept, what could not be read. */
export function ImportHistory() {
  const { t } = useTranslation("foresight")
  const [limit, setLimit] = useState(STEP)
  const query = useImports(limit)
  const { data } = query
  const imports = data?.imports ?? []
  return (
    <Container className="divide-y p-0" data-testid="import-history">
      <div className="px-6 py-4">
        <Heading level="h2">{t("imports.history")}</Heading>
      </div>
      <ListStates what="imports" query={query} rows={data?.imports} bars={2} emptyText={t("imports.empty")} emptyTestId="imports-empty" />
      {imports.length > 0 && <ImportRows imports={imports} />}
      {data && data.count > imports.length && limit < MOST && (
        <div className="flex justify-center px-6 py-3">
          <Button size="small" variant="transparent" onClick={() => setLimit(Math.min(MOST, limit + STEP))}>
            {t("imports.older")}
          </Button>
        </div>
      )}
    </Container>
  )
}

function ImportRows({ imports }: { imports: ImportAnswer[] }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const cancel = useCancelImport()
  const failed = (error: Error) => void toast.error(t("imports.failed", { message: error.message }))
  return (
    <div className="relative overflow-x-auto">
      <Table aria-label={t("imports.history")} className="min-w-[720px]">
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("imports.file")}</Table.HeaderCell>
            <Table.HeaderCell>{t("imports.when")}</Table.HeaderCell>
            <Table.HeaderCell>{t("imports.statusLabel")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("imports.kept")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("imports.known")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("imports.refused")}</Table.HeaderCell>
            <Table.HeaderCell>
              <span className="sr-only">{t("columns.details")}</span>
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {imports.map((one) => (
            <Table.Row key={one.id} data-testid="import-row" data-import={one.id}>
              <Table.Cell className="max-w-60 truncate" title={one.file_name}>
                {one.file_name}
              </Table.Cell>
              <Table.Cell className="whitespace-nowrap">{format.instant(one.created_at)}</Table.Cell>
              <Table.Cell>
                <StatusBadge color={COLORS[one.status]} data-status={one.status}>
                  {one.progress
                    ? t(`imports.stages.${one.progress.stage}`, { done: format.units(one.progress.done), total: format.units(one.progress.total) })
                    : t(`imports.statuses.${one.status}`)}
                </StatusBadge>
                {(one.error ?? one.found?.cut) && <div className="text-ui-fg-subtle txt-compact-xsmall max-w-80 break-words">{one.error ?? one.found?.cut}</div>}
              </Table.Cell>
              <Table.Cell className="text-right tabular-nums">{format.units(one.lines_kept)}</Table.Cell>
              <Table.Cell className="text-right tabular-nums">{format.units(one.lines_duplicate)}</Table.Cell>
              <Table.Cell className="text-right tabular-nums">
                {one.lines_refused === 0 ? (
                  "0"
                ) : (
                  <Button
                    size="small"
                    variant="transparent"
                    onClick={() => void downloadRefusals(one.id).catch(failed)}
                    aria-label={t("imports.download", { file: one.file_name })}
                    data-testid="import-refusals"
                  >
                    {format.units(one.lines_refused)}
                  </Button>
                )}
              </Table.Cell>
              <Table.Cell className="text-right">
                {(isImporting(one) || one.status === "failed") && (
                  <Button
                    size="small"
                    variant="transparent"
                    isLoading={cancel.isPending && cancel.variables === one.id}
                    onClick={() => cancel.mutate(one.id, { onError: failed })}
                  >
                    {t(isImporting(one) ? "imports.cancel" : "imports.giveUp")}
                  </Button>
                )}
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}
