import { types } from "node:util"
import { QueryFailedError, type DataSource, type EntityManager } from "typeorm"
import { ForesightError } from "../domain/errors"

/** What can run a statement: the pool, or the manager of a transaction. */
export type Executor = Pick<EntityManager, "query">

/** Rows of one statement with `$1 …` parameters; statements that change rows answer through `RETURNING` inside a `WITH`.
 * @throws ForesightError `unavailable` when Postgres cannot be reached, is too slow, keeps a row locked, or lacks our tables;
 * `invalid_event` for a day or time out of its range. */
export async function rows<Row>(executor: Executor, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  try {
    return await executor.query<Row[]>(sql, [...parameters])
  } catch (error) {
    throw explained(error)
  }
}

/** Number of rows that a `WITH changed AS (… RETURNING 1)` changed. */
export async function countChanged(executor: Executor, statement: string, parameters: readonly unknown[] = []): Promise<number> {
  const counting = `WITH changed AS (${statement} RETURNING 1) SELECT count(*)::int AS changed FROM changed`
  const [answer] = await rows<{ changed: number }>(executor, counting, parameters)
  return answer?.changed ?? 0
}

/** Runs `work` in one transaction. @throws ForesightError `unavailable` as `rows` does. */
export async function transaction<Answer>(dataSource: DataSource, work: (manager: EntityManager) => Promise<Answer>): Promise<Answer> {
  try {
    return await dataSource.transaction("READ COMMITTED", work)
  } catch (error) {
    throw explained(error)
  }
}

/** Lets only one transaction at a time do what `name` says; released when it ends. */
export const holdLock = (manager: EntityManager, name: string) => rows(manager, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [`foresight/${name}`])

/** The five-letter code Postgres gave an error, else Node's (`ECONNREFUSED`). */
export function errorCode(error: unknown): string {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error instanceof ForesightError ? error.cause : error
  if (error instanceof ForesightError && cause) return errorCode(cause)
  return typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string" ? cause.code : ""
}

const UNREACHABLE = ["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EPIPE", "EHOSTUNREACH"]

/** Words of pg and TypeORM for a connection that broke, was not had in time, or a pool that is closed; they carry no code. */
const DRIVER_AWAY = /Connection terminated|timeout exceeded when trying to connect|not connected|connection is not (yet )?established/i

/** What was sent to Postgres may be about people: it stays on the error for a debugger, and out of every log. */
function withoutParameters(error: unknown): void {
  if (!(error instanceof QueryFailedError)) return
  Object.defineProperty(error, "parameters", { enumerable: false })
  if (typeof error.driverError === "object" && error.driverError !== null) Object.defineProperty(error.driverError, "detail", { enumerable: false, writable: true })
}

/** Our error for what is away, slow, full or locked, or no day of any calendar; any other error as it came, without the parameters of its statement. */
export function explained(error: unknown): unknown {
  withoutParameters(error)
  if (error instanceof ForesightError || !types.isNativeError(error)) return error
  const code = errorCode(error)
  const unavailable = (what: string) => new ForesightError("unavailable", `Postgres: ${what} (${error.message})`, { cause: error })
  if (code === "55P03") return unavailable("a row or table stayed locked longer than lockTimeoutMs")
  if (code === "42P01" || code === "3F000") return unavailable("tables of foresight are missing; run `medusa db:migrate`")
  if (code === "22008") return new ForesightError("invalid_event", `Postgres: a day or time is none that it knows (${error.message})`, { cause: error })
  if (code === "57014") return unavailable("the statement was canceled")
  // 08: connection, 53: out of resources, 57P: shutting down or starting
  if (UNREACHABLE.includes(code) || /^(08|53|57P)/.test(code) || DRIVER_AWAY.test(error.message)) {
    return unavailable("cannot be reached")
  }
  return error
}
