import { Button, Drawer, Hint, Input, Label, Select, toast } from "@medusajs/ui"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import { useReplace } from "../hooks/use-replacements"
import { DrawerActions } from "./drawer-actions"
import { VariantPicker } from "./variant-picker"

interface ReplacementDrawerProps {
  variantId: string
  /** Whether it may take another's place; it does so of one at most. */
  canReplace: boolean
  /** Whether another may take its place. */
  canBeReplaced: boolean
}

/** Says that one variant took another's place. */
export function ReplacementDrawer(props: ReplacementDrawerProps) {
  const { t } = useTranslation("foresight")
  const [open, setOpen] = useState(false)
  return (
    <Drawer open={open} onOpenChange={setOpen}>
      <Drawer.Trigger asChild>
        <Button size="small" variant="transparent" className="self-start" data-testid="set-replacement">
          {t("demand.replacement.open")}
        </Button>
      </Drawer.Trigger>
      <Drawer.Content data-testid="replacement-drawer">
        <Drawer.Header>
          <Drawer.Title>{t("demand.replacement.title")}</Drawer.Title>
          <Drawer.Description className="txt-compact-small text-ui-fg-subtle">{t("demand.replacement.description")}</Drawer.Description>
        </Drawer.Header>
        {open && <ReplacementFields {...props} onDone={() => setOpen(false)} />}
      </Drawer.Content>
    </Drawer>
  )
}

/** Today where the browser is. */
const today = () => new Date().toLocaleDateString("en-CA")

function ReplacementFields({ variantId, canReplace, canBeReplaced, onDone }: ReplacementDrawerProps & { onDone: () => void }) {
  const { t } = useTranslation("foresight")
  const save = useReplace()
  const [side, setSide] = useState<"replaces" | "replaced">(canReplace ? "replaces" : "replaced")
  const [other, setOther] = useState<string>()
  const [day, setDay] = useState(today)
  const [isIncomplete, setIncomplete] = useState(false)
  const isHeir = side === "replaces"
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (other === undefined || day === "") return setIncomplete(true)
    const [heir, replaced] = isHeir ? [variantId, other] : [other, variantId]
    save.mutate(
      { variant_id: heir, replaced_variant_id: replaced, from_day: day },
      {
        onSuccess: () => {
          toast.success(t("demand.replacement.saved"))
          onDone()
        },
        onError: (error) => toast.error(t("settings.notSaved", { message: error.message })),
      }
    )
  }
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col" noValidate>
      <Drawer.Body className="flex flex-1 flex-col gap-5 overflow-y-auto">
        {canReplace && canBeReplaced && (
          <Select value={side} onValueChange={(value) => setSide(value === "replaced" ? "replaced" : "replaces")}>
            <Select.Trigger aria-label={t("demand.replacement.side")} data-testid="replacement-side">
              <Select.Value />
            </Select.Trigger>
            <Select.Content>
              <Select.Item value="replaces">{t("demand.replacement.replaces")}</Select.Item>
              <Select.Item value="replaced">{t("demand.replacement.isReplaced")}</Select.Item>
            </Select.Content>
          </Select>
        )}
        <VariantPicker
          label={t(isHeir ? "demand.replacement.which" : "demand.replacement.byWhich")}
          without={variantId}
          value={other}
          onChange={(id) => {
            setOther(id)
            setIncomplete(false)
          }}
        />
        <div className="flex flex-col gap-2">
          <Label htmlFor="foresight-replacement-day" size="small" weight="plus">
            {t("demand.replacement.from")}
          </Label>
          <Input id="foresight-replacement-day" type="date" max={today()} value={day} onChange={(event) => setDay(event.target.value)} />
          <Hint>{t("demand.replacement.fromHint")}</Hint>
        </div>
        {isIncomplete && (
          <div role="alert" data-testid="replacement-problem">
            <Hint variant="error">{t("demand.replacement.incomplete")}</Hint>
          </div>
        )}
      </Drawer.Body>
      <DrawerActions isSaving={save.isPending} saveTestId="save-replacement" />
    </form>
  )
}
