/** One entry of a chart's legend. */
export function ChartKey({ color, text, line = false, faint = false }: { color: string; text: string; line?: boolean; faint?: boolean }) {
  return (
    <span className="text-ui-fg-subtle txt-compact-xsmall inline-flex items-center gap-1.5">
      <span aria-hidden className="inline-block w-3 rounded-sm" style={{ background: color, height: line ? 2 : 10, opacity: faint ? 0.3 : 1 }} />
      {text}
    </span>
  )
}
