import { inLanes } from "../../../src/domain/in-lanes"

const tick = () => new Promise<void>((resolve) => setImmediate(resolve))

describe("inLanes()", () => {
  it("begins in order, so many at once and no more, and ends with the last", async () => {
    const begun: number[] = []
    let [now, most] = [0, 0]
    await inLanes([1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item)
      most = Math.max(most, (now += 1))
      await tick()
      now -= 1
    })
    expect([begun, most, now]).toEqual([[1, 2, 3, 4, 5], 2, 0])
  })

  it("begins nothing after a failure, waits for what is under way and throws the first reason", async () => {
    const ended: number[] = []
    const work = async (item: number) => {
      await tick()
      if (item === 1) throw new Error("first")
      await tick()
      ended.push(item)
      if (item === 2) throw new Error("second")
    }
    await expect(inLanes([1, 2, 3, 4], 2, work)).rejects.toThrow("first")
    expect(ended).toEqual([2])
  })

  it("has nothing to do for nobody", async () => {
    await expect(inLanes([], 2, () => Promise.reject(new Error("called")))).resolves.toBeUndefined()
  })
})
