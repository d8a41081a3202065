import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { DataAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"

/** Today's events of each source and when it was last heard; the last walk over the shop; days still to be counted. */
export function DataTiles({ data }: { data: DataAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { reconcile } = data
  const setAside = Object.values(data.set_aside).reduce((sum, count) => sum + count, 0)
  return (
    <div className="flex flex-col gap-3 px-6 py-4">
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4" aria-live="polite">
        {data.sources.map(({ source, today, last_at: lastAt }) => (
          <Tile key={source} label={t("data.today", { source: t(`data.sources.${source}`) })} value={format.units(today)} testId={`today-${source}`}>
            {lastAt ? t("data.lastHeard", { when: format.instant(lastAt) }) : t("data.neverHeard")}
          </Tile>
        ))}
        <Tile label={t("data.setAside")} value={format.units(setAside)} testId="set-aside-total">
          {data.days_waiting > 0 ? t("data.daysWaiting", { count: data.days_waiting }) : t("data.allCounted")}
        </Tile>
      </dl>
      <Text size="xsmall" className="text-ui-fg-muted" data-testid="last-walk">
        {reconcile
          ? t("data.walk", { when: format.instant(reconcile.finished_at), walked: format.units(reconcile.walked), healed: format.units(reconcile.healed) })
          : t("data.noWalk")}
        {reconcile && reconcile.set_aside > 0 && ` ${t("data.walkSetAside", { count: reconcile.set_aside })}`}
      </Text>
    </div>
  )
}

function Tile({ label, value, testId, children }: { label: string; value: string; testId: string; children: ReactNode }) {
  return (
    <div className="bg-ui-bg-component shadow-elevation-card-rest min-w-0 rounded-lg px-4 py-3">
      <dt className="text-ui-fg-subtle txt-compact-small truncate" title={label}>
        {label}
      </dt>
      <dd>
        <span className="text-ui-fg-base text-xl font-medium tabular-nums" data-testid={testId}>
          {value}
        </span>
        <span className="text-ui-fg-muted txt-compact-xsmall block">{children}</span>
      </dd>
    </div>
  )
}
