import { Button, Container, Heading, Text, toast } from "@medusajs/ui"
import { useRef, useState, type DragEvent } from "react"
import { useTranslation } from "react-i18next"
import { UploadStopped, useImportUpload, type UploadChoices } from "../hooks/use-import-upload"
import { useFormats } from "../hooks/use-formats"
import { ImportChoices } from "./import-choices"
import { ImportCheck } from "./import-check"

const FOUND_OUT: UploadChoices = { source: "", encoding: "", decimal: "", dates: "", currency: "" }
const MEGABYTE = 1_000_000
const DROP_ZONE =
  "txt-compact-small focus-within:shadow-borders-focus flex cursor-pointer flex-col items-center gap-1 rounded-lg border border-dashed px-4 py-6 text-center"

/** Takes a history by drag and drop or by choice: checks it without writing anything, then imports it. How far an import is stands in the history below. */
export function ImportUpload() {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [over, setOver] = useState(false)
  const [choices, setChoices] = useState(FOUND_OUT)
  const upload = useImportUpload()
  const check = upload.data && "check" in upload.data ? upload.data.check : null

  const choose = (chosen: File | undefined) => {
    if (!chosen || upload.isPending) return
    upload.reset()
    setFile(chosen)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    choose(event.dataTransfer.files[0])
  }
  const send = (dryRun: boolean) => {
    if (!file) return
    const onSuccess = () => {
      if (dryRun) return
      toast.success(t("imports.begun", { file: file.name }))
      setFile(null)
      upload.reset()
      if (input.current) input.current.value = ""
    }
    upload.mutate({ file, dryRun, choices }, { onSuccess })
  }

  return (
    <Container className="divide-y p-0" data-testid="import-upload">
      <div className="px-6 py-4">
        <Heading level="h2">{t("imports.title")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("imports.subtitle")}
        </Text>
      </div>
      <div className="flex flex-col gap-4 px-6 py-4">
        <label
          className={`${DROP_ZONE} ${over ? "bg-ui-bg-component-hover border-ui-border-interactive" : "border-ui-border-strong"}`}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <span className="txt-compact-small-plus">{file ? file.name : t("imports.drop")}</span>
          <span className="text-ui-fg-subtle">{file ? t("imports.megabytes", { size: format.rounded(Math.max(0.1, file.size / MEGABYTE)) }) : t("imports.formats")}</span>
          <input
            ref={input}
            type="file"
            accept=".csv,.tsv,.txt,.gz,text/csv,application/gzip"
            className="sr-only"
            disabled={upload.isPending}
            onChange={(event) => choose(event.target.files?.[0])}
            data-testid="import-file"
          />
        </label>
        <ImportChoices value={choices} onChange={setChoices} disabled={upload.isPending} />
        {upload.isPending && <SentBar sent={upload.sent} />}
        {upload.error && !(upload.error instanceof UploadStopped) && (
          <Text size="small" className="text-ui-fg-error whitespace-pre-line" role="alert" data-testid="import-error">
            {t("imports.failed", { message: upload.error.message })}
          </Text>
        )}
        {check && <ImportCheck check={check} />}
        <div className="flex flex-wrap gap-2">
          <Button size="small" variant="secondary" disabled={!file || upload.isPending} onClick={() => send(true)} data-testid="import-check">
            {t("imports.check")}
          </Button>
          <Button size="small" disabled={!file || upload.isPending} onClick={() => send(false)} data-testid="import-start">
            {t("imports.start")}
          </Button>
          {upload.isPending && (
            <Button size="small" variant="transparent" onClick={upload.stop}>
              {t("imports.stop")}
            </Button>
          )}
        </div>
      </div>
    </Container>
  )
}

/** How much of the file has left this computer; at the end the store is still reading. */
function SentBar({ sent }: { sent: number }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const text = sent < 1 ? t("imports.sending", { share: format.chance(sent) }) : t("imports.reading")
  return (
    <div className="flex flex-col gap-2">
      <div
        role="progressbar"
        aria-label={t("imports.progress")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(sent * 100)}
        className="bg-ui-bg-component-hover h-2 w-full overflow-hidden rounded-full"
      >
        <div className="h-full rounded-full transition-all" style={{ width: `${sent * 100}%`, background: "var(--tag-blue-icon)" }} />
      </div>
      <Text size="small" className="text-ui-fg-subtle tabular-nums" aria-live="polite">
        {text}
      </Text>
    </div>
  )
}
