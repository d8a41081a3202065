import { Button, Checkbox, Drawer, Hint, Input, Label, Text, toast } from "@medusajs/ui"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import type { ItemAdviceAnswer, SettingName } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { useSaveItemSettings } from "../hooks/use-item-advice"
import { DrawerActions } from "./drawer-actions"
import { formState, readField, SETTING_FIELDS, shownValue, type FieldProblem } from "./settings-fields"

interface SettingsDrawerProps {
  inventoryItemId: string
  location: ItemAdviceAnswer["locations"][number]
  locationName: string
}

/** Lead time, review period and the like of one item at one location; each field can go back to its default. */
export function SettingsDrawer(props: SettingsDrawerProps) {
  const { t } = useTranslation("foresight")
  const [open, setOpen] = useState(false)
  return (
    <Drawer open={open} onOpenChange={setOpen}>
      <Drawer.Trigger asChild>
        <Button size="small" variant="secondary" data-testid="edit-settings" aria-label={`${t("advice.editSettings")}: ${props.locationName}`}>
          {t("advice.editSettings")}
        </Button>
      </Drawer.Trigger>
      <Drawer.Content data-testid="settings-drawer">
        <Drawer.Header>
          <Drawer.Title>{t("settings.title")}</Drawer.Title>
          <Drawer.Description className="txt-compact-small text-ui-fg-subtle">{t("settings.description", { location: props.locationName })}</Drawer.Description>
        </Drawer.Header>
        {open && <SettingsForm {...props} onDone={() => setOpen(false)} />}
      </Drawer.Content>
    </Drawer>
  )
}

function SettingsForm({ inventoryItemId, location, onDone }: SettingsDrawerProps & { onDone: () => void }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const save = useSaveItemSettings(inventoryItemId)
  const [fields, setFields] = useState(() => formState(location.own_settings, location.default_settings))
  const [problems, setProblems] = useState<Partial<Record<SettingName, FieldProblem>>>({})

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const values: { [name in SettingName]?: number | null } = {}
    const found: typeof problems = {}
    for (const field of SETTING_FIELDS) {
      const read = readField(field, fields[field.name])
      if ("problem" in read) found[field.name] = read.problem
      else values[field.name] = read.value
    }
    setProblems(found)
    const wrong = SETTING_FIELDS.find(({ name }) => found[name])
    if (wrong) return document.getElementById(`foresight-${wrong.name}`)?.focus()
    save.mutate(
      { location_id: location.location_id, ...values },
      {
        onSuccess: () => {
          toast.success(t("settings.saved"))
          onDone()
        },
        onError: (error) => toast.error(t("settings.notSaved", { message: error.message })),
      }
    )
  }

  const change = (name: SettingName, part: { useDefault?: boolean; text?: string }) => {
    setFields((before) => ({ ...before, [name]: { ...before[name], ...part } }))
    setProblems((before) => ({ ...before, [name]: undefined }))
  }

  return (
    <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col" noValidate>
      <Drawer.Body className="flex flex-1 flex-col gap-5 overflow-y-auto">
        {SETTING_FIELDS.map((field) => {
          const { name } = field
          const id = `foresight-${name}`
          const problem = problems[name]
          const standard = shownValue(field, location.default_settings[name])
          return (
            <div key={name} className="flex flex-col gap-2">
              <Label htmlFor={id} size="small" weight="plus">
                {t(`settings.${name}.label`)}
              </Label>
              <div className="flex items-center gap-2">
                <div className="w-32">
                  <Input
                    id={id}
                    name={name}
                    size="small"
                    inputMode="decimal"
                    autoComplete="off"
                    disabled={fields[name].useDefault}
                    value={fields[name].useDefault ? String(standard) : fields[name].text}
                    onChange={(event) => change(name, { text: event.target.value })}
                    aria-invalid={problem !== undefined}
                    aria-describedby={`${id}-hint${problem ? ` ${id}-problem` : ""}`}
                  />
                </div>
                <Text as="span" size="small" className="text-ui-fg-subtle">
                  {t(`settings.${name}.unit`)}
                </Text>
              </div>
              {problem && (
                <div id={`${id}-problem`} data-testid={`problem-${name}`}>
                  <Hint variant="error">{t(`settings.errors.${problem.key}`, { ...problem })}</Hint>
                </div>
              )}
              <div className="flex items-center gap-2">
                <Checkbox
                  id={`${id}-default`}
                  checked={fields[name].useDefault}
                  onCheckedChange={(checked) => change(name, { useDefault: checked === true, ...(checked === true ? {} : { text: fields[name].text || String(standard) }) })}
                />
                <Label htmlFor={`${id}-default`} size="small">
                  {t("settings.useDefault", { value: `${format.rounded(standard)} ${t(`settings.${name}.unit`)}` })}
                </Label>
              </div>
              <Text id={`${id}-hint`} size="xsmall" className="text-ui-fg-muted">
                {t(`settings.${name}.hint`)}
              </Text>
            </div>
          )
        })}
      </Drawer.Body>
      <DrawerActions isSaving={save.isPending} saveTestId="save-settings" />
    </form>
  )
}
