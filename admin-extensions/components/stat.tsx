import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Hint } from "./hint"

/** One figure with its name above and, on demand, what it means. */
export function Stat({ label, hint, children, testId }: { label: string; hint?: string; children: ReactNode; testId?: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-ui-fg-subtle txt-compact-small flex items-center gap-1">
        {label}
        {hint && <Hint text={hint} />}
      </dt>
      <dd data-testid={testId}>
        <Text as="div" size="small" weight="plus" className="tabular-nums">
          {children}
        </Text>
      </dd>
    </div>
  )
}
