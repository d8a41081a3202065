import { importStage } from "../../../../src/domain/imports/import-stage"

describe("importStage()", () => {
  const counts = { linesRead: 12, linesRefused: 2, linesKept: 0, linesDuplicate: 0 }
  it.each([
    [{}, "matching", 0],
    [{ linesKept: 3, linesDuplicate: 1 }, "inserting", 4],
    [{ linesKept: 0, linesDuplicate: 10 }, "demand", 10],
  ] as const)("%j of 12 lines read and 2 refused: %s", (own, stage, done) => {
    expect(importStage({ ...counts, ...own })).toEqual({ stage, done, total: 10 })
  })
})
