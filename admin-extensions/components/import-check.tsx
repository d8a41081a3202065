import { Alert, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ImportCheckAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { Stat } from "./stat"

const SHOWN = 5

/** What an import of the file would do; nothing was written. */
export function ImportCheck({ check }: { check: ImportCheckAnswer }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const { found } = check
  const days = found.first_day && found.last_day ? t("imports.days", { from: format.day(found.first_day), to: format.day(found.last_day) }) : "–"
  return (
    <div className="flex flex-col gap-3" data-testid="import-check-result">
      <Alert variant={check.lines_kept === 0 ? "error" : "info"}>{t("imports.checked", { kept: format.units(check.lines_kept), read: format.units(check.lines_read) })}</Alert>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Stat label={t("imports.format")}>{t(`imports.kinds.${check.format}`, { defaultValue: check.format })}</Stat>
        <Stat label={t("imports.span")}>{days}</Stat>
        <Stat label={t("imports.text")}>{`${found.encoding} · ${found.separator}`}</Stat>
        <Stat label={t("imports.refused")}>{format.units(check.lines_refused)}</Stat>
        {check.unknown_skus && <Stat label={t("imports.unknownSkus")}>{`${format.units(check.unknown_skus.unknown)} / ${format.units(check.unknown_skus.checked)}`}</Stat>}
      </dl>
      {found.cut && <Alert variant="warning">{t("imports.cut", { message: found.cut })}</Alert>}
      {check.refused_sample.length > 0 && (
        <ul className="text-ui-fg-subtle txt-compact-small list-disc pl-5">
          {check.refused_sample.slice(0, SHOWN).map(({ line, column, value, message }) => (
            <li key={`${line} ${column ?? ""}`} className="break-words">
              {t("imports.refusal", { line, column: column ?? "", value: value ?? "", message })}
            </li>
          ))}
        </ul>
      )}
      {check.refused_sample.length > SHOWN && (
        <Text size="small" className="text-ui-fg-subtle">
          {t("imports.more", { count: check.lines_refused - SHOWN })}
        </Text>
      )}
    </div>
  )
}
