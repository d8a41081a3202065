import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { checkedQuery } from "../../../src/api/query-middleware"

const schema = z.object({ q: z.string().optional(), offset: z.coerce.number().int().min(0).default(0), share: z.coerce.number().optional() }).strict()

/** What the check says of a query, and what the route would read. */
async function check(query: Record<string, unknown>, of: z.ZodObject = schema) {
  const req = { query, allowed: [] } as unknown as MedusaRequest
  let refused: { type?: string; message: string } | undefined
  await checkedQuery(of)(req, {} as MedusaResponse, ((error?: typeof refused) => (refused = error)) as MedusaNextFunction)
  return refused ? { type: refused.type, message: refused.message } : req.validatedQuery
}

describe("checkedQuery()", () => {
  it("hands on what the schema takes, with its defaults", async () => {
    expect(await check({ q: "", offset: "20" })).toMatchObject({ q: "", offset: 20 })
    expect(await check({})).toMatchObject({ offset: 0 })
  })

  it.each([
    [{ "a.b.c": "1" }, 'Invalid request: "a.b.c" is no parameter'],
    [{ "0..0": "null" }, 'Invalid request: "0..0" is no parameter'],
    [{ offset: "" }, "Invalid request: offset is empty; expected a number"],
    [{ share: "" }, "Invalid request: share is empty; expected a number"],
  ])("refuses %j, naming the field", async (query, message) => {
    expect(await check(query)).toEqual({ type: "invalid_data", message })
  })

  it("leaves all else to Medusa's check", async () => {
    expect(await check({ other: "1" })).toMatchObject({ type: "invalid_data", message: expect.stringContaining("other") as string })
    expect(await check({ offset: "two" })).toMatchObject({ type: "invalid_data", message: expect.stringContaining("offset") as string })
  })

  it("knows numbers of a schema with rules over several fields", async () => {
    const refined = schema.refine(({ q, offset }) => q !== undefined || offset === 0, "expected `q`")
    expect(await check({ offset: "" }, refined)).toMatchObject({ message: "Invalid request: offset is empty; expected a number" })
  })
})
