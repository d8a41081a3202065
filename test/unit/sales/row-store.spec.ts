import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BLOCK_ROWS } from "../../../src/domain/demand/sales-rows"
import { RowStore, type RowStoreOptions } from "../../../src/sales/row-store"

const SERIES = 7
const ROWS = 5 * BLOCK_ROWS + 11

/** @param options `runBytes` of 1: every block is a run of its own. */
function storeOf(options?: RowStoreOptions): RowStore {
  const store = new RowStore(1, options)
  for (let row = 0; row < ROWS; row++) store.add((row * 5) % SERIES, row, row % 4 ? row : NaN, row % 3 === 0, [row / 8])
  return store
}

function ranked(store: RowStore): unknown[][] {
  const ranking = store.rank(Uint32Array.from({ length: SERIES }, (_, series) => SERIES - 1 - series))
  while (!ranking.next().done) continue
  const found: unknown[][] = []
  const reader = store.open()
  for (let rank = 0; rank < SERIES; rank++) reader.visit(rank, (block, at) => found.push([rank, block.day[at], block.units[at], block.out[at], block.extras[0]?.[at]]))
  return found
}

describe("RowStore", () => {
  it("reads rows from disk as it would from memory, as often as wanted", () => {
    const [long, short] = [storeOf({ runBytes: 1 }), storeOf()]
    const expected = ranked(short)
    expect(expected).toHaveLength(ROWS)
    expect(expected[0]).toEqual([0, 4, NaN, 0, 0.5]) // the first row of series 6, which comes first
    expect(ranked(long)).toEqual(expected)
    expect([long.length, short.length]).toEqual([ROWS, ROWS])
    const again: number[] = []
    long.open().visit(0, (block, at) => again.push(block.day[at] ?? NaN))
    expect(again).toEqual(expected.filter(([rank]) => rank === 0).map(([, day]) => day))
    long.close()
  })

  it("leaves nothing in the temporary folder, whatever ends the process", () => {
    const folder = mkdtempSync(join(tmpdir(), "row-store-"))
    try {
      const store = storeOf({ runBytes: 1, folder })
      expect(readdirSync(folder)).toEqual([])
      store.close()
      store.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it("names the folder that takes no more rows", () => {
    const why = /\/dev\/null\/none takes no more rows of the file: .*expected room for 25 bytes a row \(TMPDIR names another folder\)/
    expect(() => storeOf({ runBytes: 1, folder: "/dev/null/none" })).toThrow(why)
  })
})
