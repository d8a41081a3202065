import { useFormats } from "../hooks/use-formats"
import { about, bandText } from "./demand-words"

/** About as many units, with the range in brackets. */
export function AboutBand({ band }: { band: { mean: number; low: number; high: number } }) {
  const format = useFormats()
  return (
    <>
      {about(format, band.mean)} <span className="text-ui-fg-subtle font-normal">({bandText(format, band)})</span>
    </>
  )
}
