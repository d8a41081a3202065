import { Button, Drawer, Hint, Input, Label, Select, Text, Textarea, toast } from "@medusajs/ui"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import type { DemandSeriesAnswer } from "../../src/api/answers"
import { useSetOverride } from "../hooks/use-demand"
import { useFormats } from "../hooks/use-formats"
import { DrawerActions } from "./drawer-actions"
import { about, placeTitle } from "./demand-words"
import { emptyOverride, readOverride, type OverrideForm, type OverrideProblem } from "./override-fields"

const PROBLEMS: Record<OverrideProblem, { text: string; field: string }> = {
  number: { text: "demand.override.wrongNumber", field: "foresight-override-value" },
  days: { text: "demand.override.wrongDays", field: "foresight-override-to" },
}

/** Sets the forecast of a variant by hand. */
export function OverrideDrawer({ answer }: { answer: DemandSeriesAnswer }) {
  const { t } = useTranslation("foresight")
  const [open, setOpen] = useState(false)
  return (
    <Drawer open={open} onOpenChange={setOpen}>
      <Drawer.Trigger asChild>
        <Button size="small" variant="secondary" data-testid="set-override">
          {t("demand.override.open")}
        </Button>
      </Drawer.Trigger>
      <Drawer.Content data-testid="override-drawer">
        <Drawer.Header>
          <Drawer.Title>{t("demand.override.title", { title: placeTitle(t, answer) })}</Drawer.Title>
          <Drawer.Description className="txt-compact-small text-ui-fg-subtle">{t("demand.override.description")}</Drawer.Description>
        </Drawer.Header>
        {open && <OverrideFields answer={answer} onDone={() => setOpen(false)} />}
      </Drawer.Content>
    </Drawer>
  )
}

function OverrideFields({ answer, onDone }: { answer: DemandSeriesAnswer; onDone: () => void }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const save = useSetOverride()
  const [form, setForm] = useState<OverrideForm>(() => emptyOverride(answer.first_day, answer.locations[0]?.id ?? ""))
  const [problem, setProblem] = useState<OverrideProblem>()
  const change = (part: Partial<OverrideForm>) => {
    setForm((before) => ({ ...before, ...part }))
    setProblem(undefined)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readOverride(form, answer.id)
    if ("problem" in read) {
      setProblem(read.problem)
      document.getElementById(PROBLEMS[read.problem].field)?.focus()
      return
    }
    save.mutate(read.wish, {
      onSuccess: () => {
        toast.success(t("demand.override.saved"))
        onDone()
      },
      onError: (error) => toast.error(t("settings.notSaved", { message: error.message })),
    })
  }
  const perWeek = answer.forecast.length > 0 ? answer.next.mean / 4 : 0
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col" noValidate>
      <Drawer.Body className="flex flex-1 flex-col gap-5 overflow-y-auto">
        <Text size="small">{t("demand.override.now", { units: about(format, perWeek) })}</Text>
        {answer.locations.length > 1 && (
          <div className="flex flex-col gap-2">
            <Label htmlFor="foresight-override-location" size="small" weight="plus">
              {t("list.location")}
            </Label>
            <Select value={form.locationId} onValueChange={(locationId) => change({ locationId })}>
              <Select.Trigger id="foresight-override-location">
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {answer.locations.map(({ id, name }) => (
                  <Select.Item key={id} value={id}>
                    {name ?? id}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          </div>
        )}
        <div className="flex flex-wrap gap-4">
          {(["from", "to"] as const).map((end) => (
            <div key={end} className="flex flex-1 basis-40 flex-col gap-2">
              <Label htmlFor={`foresight-override-${end}`} size="small" weight="plus">
                {t(`demand.override.${end}`)}
              </Label>
              <Input
                id={`foresight-override-${end}`}
                type="date"
                value={form[end]}
                onChange={(event) => change({ [end]: event.target.value })}
                aria-invalid={problem === "days"}
                {...(problem === "days" && { "aria-describedby": "foresight-override-problem" })}
              />
            </div>
          ))}
        </div>
        <div className="flex flex-col gap-2">
          <Label htmlFor="foresight-override-value" size="small" weight="plus">
            {t("demand.override.value")}
          </Label>
          <div className="flex gap-2">
            <div className="w-32">
              <Input
                id="foresight-override-value"
                inputMode="decimal"
                autoComplete="off"
                value={form.text}
                onChange={(event) => change({ text: event.target.value })}
                aria-invalid={problem === "number"}
                {...(problem === "number" && { "aria-describedby": "foresight-override-problem" })}
              />
            </div>
            <div className="flex-1">
              <Select value={form.kind} onValueChange={(kind) => change({ kind: kind === "percent" ? "percent" : "units" })}>
                <Select.Trigger aria-label={t("demand.override.kind")} data-testid="override-kind">
                  <Select.Value />
                </Select.Trigger>
                <Select.Content>
                  <Select.Item value="units">{t("demand.override.perWeek")}</Select.Item>
                  <Select.Item value="percent">{t("demand.override.percent")}</Select.Item>
                </Select.Content>
              </Select>
            </div>
          </div>
        </div>
        {problem && (
          <div id="foresight-override-problem" data-testid="override-problem">
            <Hint variant="error">{t(PROBLEMS[problem].text)}</Hint>
          </div>
        )}
        <div className="flex flex-col gap-2">
          <Label htmlFor="foresight-override-note" size="small" weight="plus">
            {t("demand.override.note")}
          </Label>
          <Textarea id="foresight-override-note" rows={3} maxLength={500} value={form.note} onChange={(event) => change({ note: event.target.value })} />
        </div>
      </Drawer.Body>
      <DrawerActions isSaving={save.isPending} saveTestId="save-override" />
    </form>
  )
}
