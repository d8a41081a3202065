import { waitUntil } from "../../../src/worker/wait-until"

describe("waitUntil()", () => {
  it("tries until it works, waiting twice as long each time", async () => {
    const waits: number[] = []
    let tries = 0
    const work = async () => {
      tries += 1
      if (tries < 4) throw new Error("away")
      return "there"
    }
    expect(await waitUntil(work, { tell: (_, wait) => void waits.push(wait), signal: new AbortController().signal, firstMs: 1 })).toBe("there")
    expect(waits).toEqual([1, 2, 4])
  })

  it("ends at once when it is told to", async () => {
    const stop = new AbortController()
    const answer = waitUntil(() => Promise.reject(new Error("away")), { tell: () => stop.abort(), signal: stop.signal, firstMs: 60_000 })
    expect(await answer).toBeNull()
  })
})
