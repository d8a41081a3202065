import { Button, Drawer } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

/** Cancel and save at the foot of a form in a drawer. */
export function DrawerActions({ isSaving, saveTestId }: { isSaving: boolean; saveTestId: string }) {
  const { t } = useTranslation("foresight")
  return (
    <Drawer.Footer>
      <Drawer.Close asChild>
        <Button size="small" variant="secondary" type="button">
          {t("settings.cancel")}
        </Button>
      </Drawer.Close>
      <Button size="small" type="submit" isLoading={isSaving} data-testid={saveTestId}>
        {t("settings.save")}
      </Button>
    </Drawer.Footer>
  )
}
