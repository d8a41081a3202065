import { Input } from "@medusajs/ui"
import { useEffect, useRef, useState } from "react"

const TYPING_MS = 300

interface SearchInputProps {
  label: string
  /** What is searched for, as the address says. */
  value: string | undefined
  /** Told once typing pauses; must stay the same function between two changes, else the pause begins anew. */
  onChange: (part: { q: string }) => void
  testId: string
}

/** A search field that follows the address and changes it when typing pauses. */
export function SearchInput({ label, value = "", onChange, testId }: SearchInputProps) {
  const [text, setText] = useState(value)
  // What the address says already: only a change from elsewhere (Back, "clear") may overwrite what is being typed.
  const sent = useRef(value)
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === sent.current) return
    const wait = setTimeout(() => {
      sent.current = wanted
      onChange({ q: wanted })
    }, TYPING_MS)
    return () => clearTimeout(wait)
  }, [text, onChange])
  return (
    <div className="min-w-0 flex-1 basis-56">
      <Input type="search" size="small" aria-label={label} placeholder={label} value={text} onChange={(event) => setText(event.target.value)} data-testid={testId} />
    </div>
  )
}
