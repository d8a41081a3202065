import { WorkflowNotFoundError } from "@temporalio/client"
import { workflowIds } from "../../../src/domain/workflow-ids"
import { parseOptions } from "../../../src/options"
import { taskQueues } from "../../../src/temporal/queues"
import { TemporalCalls } from "../../../src/temporal/temporal-calls"
import { temporalHealth } from "../../../src/temporal/temporal-health"

/** Nobody listens on port 1. */
const { temporal } = parseOptions({ temporal: { address: "127.0.0.1:1", namespace: "shop" } })

describe("TemporalCalls", () => {
  let calls: TemporalCalls
  beforeEach(() => {
    calls = new TemporalCalls(temporal, 300)
  })
  afterEach(() => calls.close())

  it("waits no longer than it may, and names the server and the namespace", async () => {
    const started = Date.now()
    const asked = calls.call((client) => client.workflow.getHandle("w").describe())
    await expect(asked).rejects.toMatchObject({ code: "unavailable", message: expect.stringMatching(/^Temporal at 127\.0\.0\.1:1 \(namespace shop\) did not answer: ./) as string })
    expect(Date.now() - started).toBeLessThan(60_000) // without a deadline it would try for ever
  })

  it("leaves what Temporal says of a workflow to the caller: unknown is no failure of the server", async () => {
    const unknown = new WorkflowNotFoundError("no such run", "w", undefined)
    await expect(calls.call(() => Promise.reject(unknown))).rejects.toBe(unknown)
    const handle = { describe: () => Promise.reject(unknown), cancel: () => Promise.reject(unknown) }
    jest.spyOn(calls.client.workflow, "getHandle").mockReturnValue(handle as unknown as ReturnType<typeof calls.client.workflow.getHandle>)
    expect(await calls.state("w")).toEqual({ status: "gone", progress: null })
    expect(await calls.cancel("w")).toBe(false)
  })

  it.each([
    ["COMPLETED", "completed"],
    ["CANCELLED", "canceled"],
    ["FAILED", "failed"],
    ["TERMINATED", "failed"],
  ])("tells a run that is %s as %s", async (name, status) => {
    const handle = { describe: () => Promise.resolve({ status: { name } }) }
    jest.spyOn(calls.client.workflow, "getHandle").mockReturnValue(handle as unknown as ReturnType<typeof calls.client.workflow.getHandle>)
    expect(await calls.state("w")).toEqual({ status, progress: null })
  })

  it("tells a run that goes on also where no worker answers for its progress", async () => {
    const handle = { describe: () => Promise.resolve({ status: { name: "RUNNING" } }), query: () => Promise.reject(new Error("no worker")) }
    jest.spyOn(calls.client.workflow, "getHandle").mockReturnValue(handle as unknown as ReturnType<typeof calls.client.workflow.getHandle>)
    expect(await calls.state("w")).toEqual({ status: "running", progress: null })
  })
})

describe("temporalHealth()", () => {
  it("says that Temporal is away, and of the rest that nobody knows", async () => {
    const calls = new TemporalCalls(temporal, 300)
    const { temporal: server, worker, schedules } = await temporalHealth(calls, workflowIds("shop"), taskQueues("foresight"))
    await calls.close()
    expect(server).toMatchObject({ ok: false, message: expect.stringContaining("127.0.0.1:1") as string })
    expect([worker, schedules]).toEqual([{ ok: false, message: "unknown while Temporal is away" }, { ok: false, message: "unknown while Temporal is away" }])
  })
})
