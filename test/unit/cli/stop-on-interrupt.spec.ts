import { stopOnInterrupt } from "../../../src/cli/stop-on-interrupt"

describe("stopOnInterrupt()", () => {
  afterEach(() => jest.restoreAllMocks())

  it("asks to stop at the first Ctrl-C, ends at the second, and leaves no listener", () => {
    const said = jest.spyOn(process.stderr, "write").mockReturnValue(true)
    const exit = jest.spyOn(process, "exit").mockImplementation((() => undefined) as never)
    const before = process.listenerCount("SIGINT")
    const interrupt = stopOnInterrupt("the forecast")
    expect(interrupt.shouldStop()).toBe(false)
    process.emit("SIGINT")
    expect(interrupt.shouldStop()).toBe(true)
    expect(said).toHaveBeenCalledWith("stopping the forecast after this step; once more ends it at once\n")
    expect(exit).not.toHaveBeenCalled()
    process.emit("SIGINT")
    expect(exit).toHaveBeenCalledWith(1)
    interrupt.dispose()
    expect(process.listenerCount("SIGINT")).toBe(before)
  })

  it("cleans up before it ends, and ends also where that fails", () => {
    jest.spyOn(process.stderr, "write").mockReturnValue(true)
    const done: string[] = []
    jest.spyOn(process, "exit").mockImplementation((() => void done.push("ended")) as never)
    const interrupt = stopOnInterrupt("the forecast", () => {
      done.push("cleaned up")
      throw new Error("the file is busy")
    })
    process.emit("SIGTERM")
    expect(done).toEqual([])
    expect(() => process.emit("SIGTERM")).toThrow("the file is busy") // the process is gone by then
    expect(done).toEqual(["cleaned up", "ended"])
    interrupt.dispose()
  })
})
