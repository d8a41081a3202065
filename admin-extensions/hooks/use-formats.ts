import { useMemo } from "react"
import { useTranslation } from "react-i18next"
import { formats } from "./formats"

/** Number and date formats of the dashboard's language. */
export function useFormats() {
  const { i18n } = useTranslation()
  return useMemo(() => formats(i18n.language), [i18n.language])
}
