import { Badge, Tooltip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

/** Marks a figure that rests on defaults instead of the shop's own settings; the tooltip names them. Nothing where none of `names` is assumed. */
export function AssumedBadge({ names, assumed }: { names: readonly string[]; assumed: readonly string[] }) {
  const { t } = useTranslation("foresight")
  const which = names.filter((name) => assumed.includes(name))
  if (which.length === 0) return null
  const text = which
    .map((name) => (name === "opening_stock" ? t("assumed.opening_stock") : t("assumed.setting", { setting: t(`settings.${name}.label`) })))
    .join(" ")
  return (
    <Tooltip content={text}>
      <button type="button" aria-label={`${t("assumed.badge")}: ${text}`} className="focus-visible:shadow-borders-focus rounded-md outline-none" data-testid="assumed">
        <Badge size="2xsmall" color="grey">
          {t("assumed.badge")}
        </Badge>
      </button>
    </Tooltip>
  )
}
