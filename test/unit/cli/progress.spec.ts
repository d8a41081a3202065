import { createProgress } from "../../../src/cli/progress"

describe("createProgress()", () => {
  it("says a line at each new step and every 10 s where there is no terminal", () => {
    const lines: string[] = []
    let now = 0
    const progress = createProgress({ terminal: false, now: () => now, write: (text) => void lines.push(text) })
    progress.update("reading", 0, 200)
    now = 9_999
    progress.update("reading", 100, 200)
    now = 10_000
    progress.update("reading", 150, 200, "line 7")
    progress.update("inserting", 3, 0)
    progress.stop()
    expect(lines).toEqual(["reading 0%", "reading 75% line 7", "inserting"])
  })
})
