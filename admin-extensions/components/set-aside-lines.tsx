import { Button, clx, Container, Heading, Text, usePrompt } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSetAsideLines } from "../hooks/use-data"
import { useFormats } from "../hooks/use-formats"
import { useSetAsideChange } from "../hooks/use-set-aside-change"
import { LINES_A_PAGE, useSetAsideFilter } from "../hooks/use-set-aside-filter"
import { ListStates } from "./list-states"
import { SetAsideFilters } from "./set-aside-filters"
import { SetAsideRows } from "./set-aside-rows"

interface SetAsideLinesProps {
  /** Lines that do not count, by reason. */
  counts: Record<string, number>
  /** Lines with a verdict that count all the same. */
  counting: Record<string, number>
}

/** Lines that do not count and why, each restored by one click; a reason filters, and all its lines can be restored at once. */
export function SetAsideLines({ counts, counting }: SetAsideLinesProps) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const prompt = usePrompt()
  const { filter, offset, change } = useSetAsideFilter()
  const query = useSetAsideLines({ ...filter, limit: LINES_A_PAGE, offset })
  const { data, isPlaceholderData } = query
  const { restore, exclude } = useSetAsideChange()
  const shown = filter.state === "set_aside" ? counts : counting
  const reasons = Object.entries(shown).sort(([, one], [, two]) => two - one)
  const { reason } = filter
  // Restores all lines of the reason, so it shows only while the list does.
  const isWholeReason = filter.state === "set_aside" && !filter.q && !filter.source
  const restoreAll = async () => {
    const texts = { reason: t(`data.reasons.${reason}.name`), lines: format.units(counts[reason ?? ""] ?? 0) }
    const agreed = await prompt({
      title: t("data.restoreAllTitle", texts),
      description: t("data.restoreAllText", texts),
      confirmText: t("data.restoreAllYes"),
      cancelText: t("settings.cancel"),
    })
    if (agreed && reason) restore({ reason })
  }
  return (
    <Container className="divide-y p-0" data-testid="set-aside">
      <div className="flex flex-wrap items-start justify-between gap-3 px-6 py-4">
        <div>
          <Heading level="h2">{t("data.lines.title")}</Heading>
          <Text size="small" className="text-ui-fg-subtle">
            {reason ? t(`data.reasons.${reason}.why`) : t("data.lines.subtitle")}
          </Text>
        </div>
        {reason && isWholeReason && (counts[reason] ?? 0) > 0 && (
          <Button size="small" variant="secondary" onClick={() => void restoreAll()} data-testid="restore-all">
            {t("data.restoreAll")}
          </Button>
        )}
      </div>
      {reasons.length > 0 && (
        <div role="group" aria-label={t("data.lines.byReason")} className="flex flex-wrap gap-2 px-6 py-4">
          {reasons.map(([name, count]) => (
            <button
              key={name}
              type="button"
              aria-pressed={reason === name}
              onClick={() => change({ reason: reason === name ? undefined : name })}
              data-testid={`reason-${name}`}
              className={clx(
                "bg-ui-bg-component hover:bg-ui-bg-component-hover shadow-elevation-card-rest focus-visible:shadow-borders-focus",
                "txt-compact-small text-ui-fg-subtle rounded-full px-3 py-1 outline-none transition-fg",
                reason === name && "shadow-borders-interactive-with-active"
              )}
            >
              {t(`data.reasons.${name}.name`)} <span className="text-ui-fg-base tabular-nums">{format.units(count)}</span>
            </button>
          ))}
        </div>
      )}
      <SetAsideFilters filter={filter} onChange={change} />
      <ListStates
        what="lines"
        query={query}
        rows={data?.lines}
        emptyText={t(reason || filter.q || filter.source ? "data.lines.noMatch" : "data.lines.empty")}
        emptyTestId="set-aside-empty"
      />
      {data && data.lines.length > 0 && (
        <SetAsideRows
          answer={data}
          isStale={isPlaceholderData}
          onPage={(page) => change({ page })}
          onRestore={(line) => restore({ lines: [line] })}
          onExclude={(line) => exclude([line])}
        />
      )}
    </Container>
  )
}
