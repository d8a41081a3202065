import { Skeleton, Text } from "@medusajs/ui"
import type { ComponentProps } from "react"
import { Failure } from "./failure"

interface ListStatesProps {
  what: ComponentProps<typeof Failure>["what"]
  query: { isPending: boolean; error: Error | null; refetch: () => unknown }
  /** The rows; `undefined` before the first answer. */
  rows: readonly unknown[] | undefined
  /** Bars shown while loading. */
  bars?: number
  emptyText: string
  emptyTestId: string
}

/** What stands in a list's place while it loads, where it failed, and where it has no rows. */
export function ListStates({ what, query: { isPending, error, refetch }, rows, bars = 3, emptyText, emptyTestId }: ListStatesProps) {
  if (isPending) {
    return (
      <div className="flex flex-col gap-3 px-6 py-4" aria-busy>
        {Array.from({ length: bars }, (_, bar) => (
          <Skeleton key={bar} className="h-8" />
        ))}
      </div>
    )
  }
  if (error && !rows) {
    return (
      <div className="px-6 py-4">
        <Failure what={what} error={error} onRetry={refetch} />
      </div>
    )
  }
  if (rows?.length !== 0) return null
  return (
    <Text size="small" className="px-6 py-8 text-center" data-testid={emptyTestId}>
      {emptyText}
    </Text>
  )
}
