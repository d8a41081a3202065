/** What a chart says about the point under the pointer. */
export function ChartTip({ title, lines }: { title: string; lines: [name: string, value: string][] }) {
  return (
    <div className="bg-ui-bg-component shadow-elevation-tooltip txt-compact-xsmall text-ui-fg-base rounded-lg px-3 py-2">
      <div className="txt-compact-xsmall-plus mb-1">{title}</div>
      {lines.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-4">
          <span className="text-ui-fg-subtle">{name}</span>
          <span className="tabular-nums">{value}</span>
        </div>
      ))}
    </div>
  )
}
