import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import type { ComponentProps, ReactNode } from "react"
import { Failure } from "./failure"

interface AnswerPanelProps {
  testId: string
  title: string
  subtitle: string
  /** As the failure's text names it. */
  what: ComponentProps<typeof Failure>["what"]
  answer: { data: unknown; error: ComponentProps<typeof Failure>["error"] | null; isPending: boolean; refetch: ComponentProps<typeof Failure>["onRetry"] }
  children: ReactNode
}

/** A part of a page that stands on one answer: its head, then what is there, a skeleton while it loads, or what failed. */
export function AnswerPanel({ testId, title, subtitle, what, answer: { data, error, isPending, refetch }, children }: AnswerPanelProps) {
  return (
    <Container className="divide-y p-0" data-testid={testId} aria-busy={isPending}>
      <div className="px-6 py-4">
        <Heading level="h2">{title}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {subtitle}
        </Text>
      </div>
      {isPending && (
        <div className="px-6 py-4">
          <Skeleton className="h-24" />
        </div>
      )}
      {Boolean(error) && !data && (
        <div className="px-6 py-4">
          <Failure what={what} error={error as NonNullable<typeof error>} onRetry={refetch} />
        </div>
      )}
      {children}
    </Container>
  )
}
