import { ApplicationFailure, CancelledFailure, Context } from "@temporalio/activity"
import { ForesightError } from "../src/domain/errors"

/** What a step needs of Temporal while it runs; a test gives its own. */
export interface ActivityContext {
  /** Says that the work goes on; cancellation arrives with the answer. */
  heartbeat(details?: unknown): void
  /** Tells the operator. */
  warn(message: string, fields: Record<string, unknown>): void
  /** Aborted when the work is to stop: canceled by somebody, or the worker shuts down. */
  readonly signal: AbortSignal
  readonly runId: string | null
  /** The error a stopped step ends with: canceled where somebody asked for it, else one that Temporal tries again on another worker. */
  stopped(): Error
}

/** The context of the running activity. */
export function temporalContext(): ActivityContext {
  const context = Context.current()
  return {
    heartbeat: (details) => context.heartbeat(details),
    warn: (message, fields) => void context.log.warn(message, fields),
    signal: context.cancellationSignal,
    runId: context.info.workflowExecution?.runId ?? null,
    stopped: () =>
      context.cancellationDetails?.cancelRequested
        ? new CancelledFailure("canceled")
        : ApplicationFailure.retryable("the worker stopped during the work; it begins again on the next one", "worker_stopped"),
  }
}

/** Heartbeats every second with the newest details while `work` runs: Temporal's own limit decides how many are sent. */
export async function withHeartbeats<Result>(context: ActivityContext, work: (note: (details: unknown) => void) => Promise<Result>): Promise<Result> {
  let newest: unknown
  const timer = setInterval(() => context.heartbeat(newest), 1000)
  try {
    return await work((details) => {
      newest = details
    })
  } finally {
    clearInterval(timer)
  }
}

/** Throws when the step is to stop. */
export function throwIfStopped(context: ActivityContext): void {
  if (context.signal.aborted) throw context.stopped()
}

/** Our errors as Temporal's: the code becomes the type; a wrong input is not tried again, a missing service is. */
export function asFailure(error: unknown): unknown {
  if (!(error instanceof ForesightError)) return error
  const { message, code } = error
  return ApplicationFailure.create({ message, type: code, nonRetryable: code !== "unavailable", cause: error })
}
