import { useTranslation } from "react-i18next"

/** A text of ours where only a node can be given, such as a breadcrumb. */
export function Translated({ text }: { text: "menu.foresight" | "menu.trainings" | "menu.data" | "menu.demand" }) {
  const { t } = useTranslation("foresight")
  return <>{t(text)}</>
}
