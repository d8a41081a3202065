import { Button, Container, Heading, Skeleton, Text, toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useBackfill, useStartBackfill } from "../hooks/use-backfill"
import { useFormats } from "../hooks/use-formats"
import { Failure } from "./failure"

/** Reads all orders of the shop, however old, on a click, and shows how far that is. */
export function BackfillPanel() {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { data, error, isPending, refetch } = useBackfill()
  const start = useStartBackfill()
  const isRunning = data?.status === "running"
  const progress = data?.progress
  const total = progress?.orders_total ?? 0
  const share = progress && total > 0 ? Math.min(1, progress.orders / total) : 0
  const details = progress && total > 0 ? t("backfill.progress", { orders: format.units(progress.orders), total: format.units(total), healed: format.units(progress.recovered) }) : t("backfill.waiting")
  return (
    <Container className="divide-y p-0" data-testid="backfill">
      <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
        <div>
          <Heading level="h2">{t("backfill.title")}</Heading>
          <Text size="small" className="text-ui-fg-subtle">
            {t("backfill.text")}
          </Text>
        </div>
        <Button
          size="small"
          variant="secondary"
          isLoading={start.isPending}
          disabled={isRunning || !data}
          onClick={() => start.mutate(undefined, { onError: (failure) => toast.error(t("backfill.notStarted", { message: failure.message })) })}
          data-testid="start-backfill"
        >
          {t("backfill.start")}
        </Button>
      </div>
      <div className="flex flex-col gap-2 px-6 py-4">
        {isPending && <Skeleton className="h-6" />}
        {error && !data && <Failure what="backfill" error={error} onRetry={refetch} />}
        {isRunning && (
          <div
            role="progressbar"
            aria-label={t("backfill.title")}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={total > 0 ? Math.round(share * 100) : undefined}
            aria-valuetext={details}
            className="bg-ui-bg-component-hover h-2 w-full overflow-hidden rounded-full"
          >
            <div className="h-full rounded-full transition-all" style={{ width: `${share * 100}%`, background: "var(--tag-blue-icon)" }} />
          </div>
        )}
        {data && (
          <Text size="small" className="text-ui-fg-subtle tabular-nums" aria-live="polite">
            {isRunning ? details : t(`backfill.status.${data.status}`)}
          </Text>
        )}
        {progress && progress.set_aside > 0 && <Text size="small">{t("backfill.setAside", { count: progress.set_aside })}</Text>}
      </div>
    </Container>
  )
}
