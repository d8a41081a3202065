import { QueryFailedError } from "typeorm"
import { errorCode, explained } from "../../../src/database/query"

/** An error as TypeORM gives it for one of Postgres. */
const failed = (code: string, message: string) => new QueryFailedError("SELECT $1", ["anna@example.com"], Object.assign(new Error(message), { code }))

describe("explained()", () => {
  it.each([
    ["22008", "invalid_event"],
    ["55P03", "unavailable"],
    ["57P01", "unavailable"],
  ])("gives Postgres's %s the code %s, and keeps its own", (code, ours) => {
    const error = explained(failed(code, "what Postgres says"))
    expect(error).toMatchObject({ code: ours, message: expect.stringContaining("what Postgres says") })
    expect(errorCode(error)).toBe(code)
  })

  it("leaves any other error as it came, without what was sent", () => {
    const error = failed("23505", "duplicate key")
    expect(explained(error)).toBe(error)
    expect(JSON.stringify(error)).not.toContain("anna")
  })
})
