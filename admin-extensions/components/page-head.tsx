import { Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"

/** Name and meaning of a page below the advice list, the way back to it, and what can be done (`children`). */
export function PageHead({ title, subtitle, children }: { title: string; subtitle: string; children: ReactNode }) {
  const { t } = useTranslation("foresight")
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 px-6 py-4">
      <div>
        <Heading level="h1">{title}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {subtitle}
        </Text>
        <Link to="/foresight" className="txt-compact-small text-ui-fg-interactive hover:text-ui-fg-interactive-hover">
          {t("trainings.back")}
        </Link>
      </div>
      {children}
    </div>
  )
}
