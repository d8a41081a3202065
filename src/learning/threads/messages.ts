import type { ForesightErrorCode } from "../../domain/errors"

/** What a thread is asked. */
export interface ToThread<Task> {
  task: Task
}

/** What it says. */
export type FromThread<Progress, Result> =
  | { type: "progress"; progress: Progress }
  | { type: "done"; result: Result }
  | { type: "failed"; code: ForesightErrorCode; message: string }

/** Work that a thread can do: plain data in, plain data out. Hearing of progress, `tell` may throw to end it. */
export type Work<Task, Progress, Result> = (task: Task, tell: (progress: Progress) => void) => Result | Promise<Result>
