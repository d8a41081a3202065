import { NamespaceNotFoundError } from "@temporalio/common"
import { wasRefused } from "../../../src/temporal/was-refused"

/** An error of the SDK around one of gRPC. */
const serviceError = (code: number) => new Error("Failed to start Workflow", { cause: Object.assign(new Error("grpc"), { code, details: "", metadata: {} }) })

describe("wasRefused()", () => {
  it.each([["permission denied", 7], ["too many calls", 8]])("is sure where Temporal said no: %s", (_, code) => expect(wasRefused(serviceError(code))).toBe(true))

  it("is sure where the namespace is missing, which the SDK tells in its own words", () => expect(wasRefused(new Error("unavailable", { cause: new NamespaceNotFoundError("shop") }))).toBe(true))

  it.each([["a deadline", 4], ["a lost connection", 14]])("is not sure after %s", (_, code) => expect(wasRefused(serviceError(code))).toBe(false))

  it("is not sure after an error of another kind", () => expect(wasRefused(new Error("no"))).toBe(false))
})
