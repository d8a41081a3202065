import { clx } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { AdviceAnswer, AdviceListAnswer } from "../../src/api/answers"
import { STATUSES } from "../hooks/use-advice-filter"
import { useFormats } from "../hooks/use-formats"

interface StatusTilesProps {
  counts: AdviceListAnswer["counts"]
  chosen: AdviceAnswer["status"] | undefined
  onChoose: (status: AdviceAnswer["status"] | undefined) => void
}

/** How many rows stand where; a tile filters by its status, pressed again it shows all. */
export function StatusTiles({ counts, chosen, onChoose }: StatusTilesProps) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  return (
    <div role="group" aria-label={t("list.statusFilter")} className="grid grid-cols-2 gap-3 px-6 py-4 md:grid-cols-4">
      {STATUSES.map((status) => (
        <button
          key={status}
          type="button"
          aria-pressed={chosen === status}
          onClick={() => onChoose(chosen === status ? undefined : status)}
          data-testid={`tile-${status}`}
          className={clx(
            "bg-ui-bg-component hover:bg-ui-bg-component-hover shadow-elevation-card-rest focus-visible:shadow-borders-focus rounded-lg px-4 py-3 text-left outline-none transition-fg",
            chosen === status && "shadow-borders-interactive-with-active"
          )}
        >
          <span className="text-ui-fg-subtle txt-compact-small block">{t(`status.${status}`)}</span>
          <span className="text-ui-fg-base text-xl font-medium tabular-nums">{format.units(counts[status])}</span>
        </button>
      ))}
    </div>
  )
}
