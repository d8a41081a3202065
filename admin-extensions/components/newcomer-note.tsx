import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useNewcomers } from "../hooks/use-demand"
import { useFormats } from "../hooks/use-formats"
import { newcomerText } from "./newcomer-words"

/** What others sold when they were new, on the page of a variant that is; nothing of any other. */
export function NewcomerNote({ variantId }: { variantId: string }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const [newcomer] = useNewcomers({ variant_id: variantId, limit: 1, offset: 0 }).data?.newcomers ?? []
  return newcomer ? (
    <Text size="small" data-testid="newcomer-note">
      {newcomerText(t, format, newcomer)}
    </Text>
  ) : null
}
