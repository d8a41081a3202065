import { Button, Checkbox, Drawer, Label, Skeleton, Text, Textarea, toast } from "@medusajs/ui"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import type { CleaningSettingsAnswer } from "../../src/api/answers"
import { useCleaningSettings, useSaveCleaningSettings } from "../hooks/use-data"
import { useFormats } from "../hooks/use-formats"
import { DrawerActions } from "./drawer-actions"
import { Failure } from "./failure"

const LISTS = ["emails", "email_domains", "skus"] as const
type List = (typeof LISTS)[number]

/** Which orders are tests, and whether word-for-word repeats count. */
export function CleaningSettingsDrawer() {
  const { t } = useTranslation("foresight")
  const [open, setOpen] = useState(false)
  const { data, error, refetch } = useCleaningSettings(open)
  return (
    <Drawer open={open} onOpenChange={setOpen}>
      <Drawer.Trigger asChild>
        <Button size="small" variant="secondary" data-testid="cleaning-settings">
          {t("data.settings.open")}
        </Button>
      </Drawer.Trigger>
      <Drawer.Content data-testid="cleaning-drawer">
        <Drawer.Header>
          <Drawer.Title>{t("data.settings.title")}</Drawer.Title>
          <Drawer.Description className="txt-compact-small text-ui-fg-subtle">{t("data.settings.description")}</Drawer.Description>
        </Drawer.Header>
        {open && data && <SettingsForm settings={data} onDone={() => setOpen(false)} />}
        {open && !data && (
          <Drawer.Body>{error ? <Failure what="cleaning" error={error} onRetry={refetch} /> : <Skeleton className="h-64 w-full" />}</Drawer.Body>
        )}
      </Drawer.Content>
    </Drawer>
  )
}

function SettingsForm({ settings, onDone }: { settings: CleaningSettingsAnswer; onDone: () => void }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const save = useSaveCleaningSettings()
  const { test_orders: tests } = settings
  const [texts, setTexts] = useState<Record<List, string>>({ emails: tests.emails.join("\n"), email_domains: tests.email_domains.join("\n"), skus: tests.skus.join("\n") })
  const [areSetAside, setAreSetAside] = useState(settings.duplicates === "set_aside")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const words = (list: List) => texts[list].split(/[\n,;]+/).map((word) => word.trim()).filter(Boolean)
    save.mutate(
      { test_orders: { emails: words("emails"), email_domains: words("email_domains"), skus: words("skus") }, duplicates: areSetAside ? "set_aside" : "count" },
      {
        onSuccess: () => {
          toast.success(t("data.settings.saved"))
          onDone()
        },
        onError: (error) => toast.error(t("settings.notSaved", { message: error.message })),
      }
    )
  }
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col" noValidate>
      <Drawer.Body className="flex flex-1 flex-col gap-5 overflow-y-auto">
        {LISTS.map((list) => {
          const id = `foresight-test-${list}`
          return (
            <div key={list} className="flex flex-col gap-2">
              <Label htmlFor={id} size="small" weight="plus">
                {t(`data.settings.${list}.label`)}
              </Label>
              <Textarea
                id={id}
                rows={3}
                value={texts[list]}
                onChange={(event) => setTexts((before) => ({ ...before, [list]: event.target.value }))}
                aria-describedby={`${id}-hint`}
                spellCheck={false}
              />
              <Text id={`${id}-hint`} size="xsmall" className="text-ui-fg-muted">
                {t(`data.settings.${list}.hint`)}
              </Text>
            </div>
          )
        })}
        <div className="flex flex-col gap-2">
          <div className="flex items-center gap-2">
            <Checkbox id="foresight-duplicates" checked={areSetAside} onCheckedChange={(checked) => setAreSetAside(checked === true)} />
            <Label htmlFor="foresight-duplicates" size="small">
              {t("data.settings.duplicates.label")}
            </Label>
          </div>
          <Text size="xsmall" className="text-ui-fg-muted">
            {t("data.settings.duplicates.hint")}
          </Text>
        </div>
        {settings.changed_by && settings.changed_at && (
          <Text size="xsmall" className="text-ui-fg-muted">
            {t("data.changedBy", { who: settings.changed_by, when: format.instant(settings.changed_at) })}
            {settings.is_waiting && ` ${t("data.settings.waiting")}`}
          </Text>
        )}
      </Drawer.Body>
      <DrawerActions isSaving={save.isPending} saveTestId="save-cleaning" />
    </form>
  )
}
