import { Button, Heading, Hint, Input, Label, Select, Skeleton } from "@medusajs/ui"
import { useState, type FormEvent } from "react"
import { useTranslation } from "react-i18next"
import { useWhatIf } from "../hooks/use-what-if"
import { Failure } from "./failure"
import { WhatIfAnswer } from "./what-if-answer"
import { readWhatIf, USUAL_QUESTION, type WhatIfProblem, type WhatIfWish } from "./what-if-fields"

/** "What if the price were 10% lower, or a promotion ran two weeks": asked here, answered where the history shows it. */
export function WhatIfPanel({ variantId }: { variantId: string }) {
  const { t } = useTranslation("foresight")
  const [form, setForm] = useState(USUAL_QUESTION)
  const [wish, setWish] = useState<WhatIfWish>()
  const [problem, setProblem] = useState<WhatIfProblem>()
  const { data, error, isLoading, refetch } = useWhatIf(wish)
  const change = (part: Partial<typeof form>) => {
    setForm((before) => ({ ...before, ...part }))
    setProblem(undefined)
  }
  const ask = (event: FormEvent) => {
    event.preventDefault()
    const read = readWhatIf(form, variantId)
    if ("problem" in read) setProblem(read.problem)
    else setWish(read.wish)
  }
  return (
    <section className="flex flex-col gap-3 px-6 py-4" aria-labelledby="foresight-what-if" data-testid="what-if-panel">
      <Heading level="h3" id="foresight-what-if">
        {t("demand.whatIf.title")}
      </Heading>
      <form onSubmit={ask} className="flex flex-wrap items-end gap-3" noValidate>
        <div className="w-56">
          <Select value={form.kind} onValueChange={(kind) => change({ kind: kind === "promotion" ? "promotion" : "price" })}>
            <Select.Trigger aria-label={t("demand.whatIf.kind")} data-testid="what-if-kind">
              <Select.Value />
            </Select.Trigger>
            <Select.Content>
              <Select.Item value="price">{t("demand.whatIf.price")}</Select.Item>
              <Select.Item value="promotion">{t("demand.whatIf.promotion")}</Select.Item>
            </Select.Content>
          </Select>
        </div>
        {form.kind === "price" && (
          <Field
            id="foresight-what-if-percent"
            label={t("demand.whatIf.percent")}
            value={form.percent}
            isWrong={problem === "percent"}
            onChange={(percent) => change({ percent })}
          />
        )}
        <Field
          id="foresight-what-if-weeks"
          label={t("demand.whatIf.weeks")}
          value={form.weeks}
          isWrong={problem === "weeks"}
          onChange={(weeks) => change({ weeks })}
        />
        <Button size="small" variant="secondary" type="submit" data-testid="ask-what-if">
          {t("demand.whatIf.ask")}
        </Button>
      </form>
      {problem && (
        <div role="alert" data-testid="what-if-problem">
          <Hint variant="error">{problem === "percent" ? t("demand.whatIf.wrongPercent") : t("demand.whatIf.wrongWeeks")}</Hint>
        </div>
      )}
      {wish && isLoading && <Skeleton className="h-12" />}
      {error && <Failure what="whatIf" error={error} onRetry={refetch} />}
      {wish && data && !error && <WhatIfAnswer answer={data} />}
    </section>
  )
}

interface FieldProps {
  id: string
  label: string
  value: string
  isWrong: boolean
  onChange: (value: string) => void
}

function Field({ id, label, value, isWrong, onChange }: FieldProps) {
  return (
    <div className="flex w-32 flex-col gap-1">
      <Label htmlFor={id} size="xsmall">
        {label}
      </Label>
      <Input
        id={id}
        size="small"
        inputMode="decimal"
        autoComplete="off"
        value={value}
        aria-invalid={isWrong}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
