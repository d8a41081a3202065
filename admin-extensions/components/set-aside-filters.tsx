import { Input, Select } from "@medusajs/ui"
import { useEffect, useRef, useState } from "react"
import { useTranslation } from "react-i18next"
import { SOURCES, STATES, type SetAsideFilter } from "../hooks/use-set-aside-filter"

const ALL = "all"

interface SetAsideFiltersProps {
  filter: SetAsideFilter
  onChange: (part: { q?: string; source?: string | undefined; state?: string | undefined; reason?: undefined }) => void
}

/** Search, source and state of the list of lines. */
export function SetAsideFilters({ filter, onChange }: SetAsideFiltersProps) {
  const { t } = useTranslation("foresight")
  const [text, setText] = useState(filter.q ?? "")
  // what the address says already: only a change from elsewhere may overwrite what is being typed
  const sent = useRef(filter.q ?? "")
  useEffect(() => {
    const q = filter.q ?? ""
    if (q === sent.current) return
    sent.current = q
    setText(q)
  }, [filter.q])
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === sent.current) return
    const wait = setTimeout(() => {
      sent.current = wanted
      onChange({ q: wanted })
    }, 300)
    return () => clearTimeout(wait)
  }, [text, onChange])

  return (
    <div className="flex flex-wrap items-center gap-2 px-6 py-4">
      <div className="min-w-0 flex-1 basis-56">
        <Input
          type="search"
          size="small"
          aria-label={t("data.lines.search")}
          placeholder={t("data.lines.search")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          data-testid="set-aside-search"
        />
      </div>
      <div className="w-44 max-w-full">
        <Select size="small" value={filter.source ?? ALL} onValueChange={(source) => onChange({ source: source === ALL ? undefined : source })}>
          <Select.Trigger aria-label={t("data.lines.source")} data-testid="set-aside-source">
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            <Select.Item value={ALL}>{t("data.lines.allSources")}</Select.Item>
            {SOURCES.map((source) => (
              <Select.Item key={source} value={source}>
                {t(`data.sources.${source}`)}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </div>
      <div className="w-52 max-w-full">
        <Select size="small" value={filter.state} onValueChange={(state) => onChange({ state: state === "set_aside" ? undefined : state, reason: undefined })}>
          <Select.Trigger aria-label={t("data.lines.state")} data-testid="set-aside-state">
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            {STATES.map((state) => (
              <Select.Item key={state} value={state}>
                {t(`data.states.${state}`)}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </div>
    </div>
  )
}
