import { IntakeLimits } from "../../../../src/modules/foresight/intake-limits"
import type { IntakeSender } from "../../../../src/modules/foresight/intake-limits"

const sender = (name: string | null = "v1", more: Partial<IntakeSender> = {}): IntakeSender => ({
  publishableKey: "pk_1",
  visitor: name === null ? null : { name },
  ip: "10.0.0.1",
  ...more,
})

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

describe("IntakeLimits.take()", () => {
  it("counts events, not requests, and says when to come again", async () => {
    const limits = new IntakeLimits({ perKey: 0, perVisitor: 100 })
    await limits.take(sender(), 60)
    await limits.take(sender(), 40)
    await jest.advanceTimersByTimeAsync(45_000)
    // the window began with the first event, 15 s are left of it
    await expect(limits.take(sender(), 1)).rejects.toMatchObject({
      code: "too_many",
      retryAfterSeconds: 15,
      message: "this visitor sent 101 events within a minute; expected at most 100",
    })
    await jest.advanceTimersByTimeAsync(15_000)
    await limits.take(sender(), 100)
  })

  it("counts visitors apart, and the address where nobody is named", async () => {
    const limits = new IntakeLimits({ perKey: 0, perVisitor: 10 })
    await limits.take(sender(), 10)
    await limits.take(sender("v2"), 10)
    await limits.take(sender(null), 10)
    await limits.take(sender("10.0.0.1"), 10) // a visitor's name cannot pass for an address
    await expect(limits.take(sender(null), 1)).rejects.toMatchObject({ code: "too_many" })
    await limits.take(sender(null, { ip: "10.0.0.2" }), 10)
  })

  it("counts all visitors of one publishable key together", async () => {
    const limits = new IntakeLimits({ perKey: 15, perVisitor: 0 })
    await limits.take(sender(), 10)
    await expect(limits.take(sender("v2"), 10)).rejects.toThrow("this publishable key sent 20 events")
    await limits.take(sender("v1", { publishableKey: "pk_2" }), 10)
  })

  it("counts what a shop's server passes on of several visitors for the key only", async () => {
    const limits = new IntakeLimits({ perKey: 1_000, perVisitor: 10 })
    await limits.take(sender(null, { visitor: "several" }), 900)
    await limits.take(sender(null), 10)
    await expect(limits.take(sender(null, { visitor: "several" }), 100)).rejects.toThrow("this publishable key sent 1010 events")
  })

  it("has no limit where it is 0", async () => {
    const limits = new IntakeLimits({ perKey: 0, perVisitor: 0 })
    await expect(limits.take(sender(), 1e9)).resolves.toBeUndefined()
  })

  it("forgets who was not heard of longest rather than growing for ever", async () => {
    const limits = new IntakeLimits({ perKey: 0, perVisitor: 1 })
    await limits.take(sender(), 1)
    for (let index = 0; index < 50_000; index += 1) await limits.take(sender(`made up ${index}`), 1)
    await expect(limits.take(sender(), 1)).resolves.toBeUndefined()
    await expect(limits.take(sender("made up 49999"), 1)).rejects.toMatchObject({ code: "too_many" })
  })
})
