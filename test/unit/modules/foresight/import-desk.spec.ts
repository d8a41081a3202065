import type { ImportReport } from "../../../../src/database/stores/import-store"
import type { StagedLine } from "../../../../src/database/stores/staging-store"
import { ForesightError } from "../../../../src/domain/errors"
import { parseFileChoices } from "../../../../src/imports/import-options"
import { ImportDesk } from "../../../../src/modules/foresight/import-desk"

const HEADER = "order_id,ordered_at,email,sku,quantity,unit_price,currency"
const choices = parseFileChoices({})

/** Stores in memory. */
function setUp({ startImport = async () => "", cancelImport = async () => true }: { startImport?: () => Promise<string>; cancelImport?: () => Promise<boolean> } = {}) {
  const reports = new Map<string, ImportReport>()
  const lines: StagedLine[] = []
  const cleared: string[] = []
  const get = async (id: string) => {
    const report = reports.get(id)
    if (!report) throw new ForesightError("not_found", id)
    return { ...report }
  }
  const change = async (id: string, own: Partial<ImportReport>) => {
    reports.set(id, { ...(await get(id)), ...own })
    return get(id)
  }
  const imports = {
    get,
    open: async (source: Pick<ImportReport, "fileName" | "sourceHash" | "format">) => {
      const id = `import-${reports.size + 1}`
      reports.set(id, { ...source, id, status: "staging", resumeLine: 0, lastLine: 0, linesKept: 0, linesDuplicate: 0, donePages: [], shiftWeeks: null, finishedAt: null } as unknown as ImportReport)
      return get(id)
    },
    update: async (id: string, own: Partial<ImportReport>) => {
      if ((await get(id)).finishedAt) throw new ForesightError("canceled", "was ended by somebody else")
      return change(id, own)
    },
    ofContent: async (hash: string) => [...reports.values()].filter(({ sourceHash }) => sourceHash === hash),
    addRefusals: async () => undefined,
    finish: async (id: string, end: Partial<ImportReport>) => (["done", "canceled"].includes((await get(id)).status) ? get(id) : change(id, { ...end, finishedAt: new Date() })),
  }
  const staging = {
    openWriter: async () => ({ write: async (some: StagedLine[]) => void lines.push(...some), close: async () => undefined, abort: async () => undefined }),
    clear: async (id: string) => cleared.push(id),
  }
  const stores = { imports, staging } as unknown as ConstructorParameters<typeof ImportDesk>[0]
  const desk = new ImportDesk(stores, { startImport, cancelImport }, "UTC", () => new Date("2026-11-22T00:00:00Z"))
  return { desk, stores, reports, lines, cleared }
}
async function* bytes(...parts: string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part)
}
const sale = (order: number) => `${order},2026-01-05T10:00:00Z,a@b.c,CUP,1,5,eur\n`

describe("ImportDesk", () => {
  it("stages a file while it arrives, names it by its content, and starts the workflow", async () => {
    const started: string[] = []
    const { desk, lines } = setUp({ startImport: async (...ids: string[]) => String(started.push(...ids)) })
    const report = await desk.take({ fileName: "a.csv", choices, bytes: bytes(`${HEADER}\n`, sale(1), sale(2)) })
    expect(lines.map(({ orderId }) => orderId)).toEqual(["1", "2"])
    // printf of the three lines | sha256sum is what node:crypto makes of them: 64 hexadecimal digits, no longer the upload's own name
    expect(report).toMatchObject({ status: "inserting", lastLine: 3, sourceHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
    expect(started).toEqual([report.id])
  })

  it("ends as failed, and keeps nothing staged, when no line can be read", async () => {
    const { desk, reports, cleared } = setUp()
    await expect(desk.take({ fileName: "a.csv", choices, bytes: bytes(`${HEADER}\n1,yesterday,a,b,1,1,eur\n`) })).rejects.toMatchObject({ code: "invalid_file", message: expect.stringContaining("all 1 were refused") as string })
    expect([...reports.values()]).toMatchObject([{ status: "failed" }])
    expect(cleared).toEqual(["import-1"])
  })

  it("stops reading when somebody cancels, and says canceled", async () => {
    const { desk, reports, cleared } = setUp()
    async function* slow(): AsyncGenerator<Buffer> {
      yield Buffer.from(`${HEADER}\n`)
      for (let order = 1; order < 10_000; order += 1) {
        if (order === 5_000) await desk.cancel("import-1")
        yield Buffer.from(sale(order))
      }
    }
    await expect(desk.take({ fileName: "a.csv", choices, bytes: slow() })).rejects.toMatchObject({ code: "canceled" })
    expect(reports.get("import-1")).toMatchObject({ status: "canceled" })
    expect(cleared).toContain("import-1")
  })

  it("starts no workflow when another process cancels while the file comes in, and leaves nothing staged", async () => {
    const started: string[] = []
    const shared = setUp({ startImport: async (...ids: string[]) => String(started.push(...ids)) })
    async function* slow(): AsyncGenerator<Buffer> {
      yield Buffer.from(`${HEADER}\n`)
      for (let order = 1; order < 10_000; order += 1) {
        if (order === 5_000) await shared.stores.imports.finish("import-1", { status: "canceled" }) // this process hears nothing of it
        yield Buffer.from(sale(order))
      }
    }
    await expect(shared.desk.take({ fileName: "a.csv", choices, bytes: slow() })).rejects.toMatchObject({ code: "canceled" })
    expect(shared.reports.get("import-1")).toMatchObject({ status: "canceled", sourceHash: expect.stringContaining("upload:") as string })
    expect(shared.cleared).toContain("import-1")
    expect(started).toEqual([])
  })

  it("gives up an import that failed, and leaves one that is done as it is", async () => {
    const { desk, reports, cleared } = setUp({ startImport: () => Promise.reject(new ForesightError("unavailable", "Temporal did not answer")) })
    await expect(desk.take({ fileName: "a.csv", choices, bytes: bytes(`${HEADER}\n${sale(1)}`) })).rejects.toMatchObject({ code: "unavailable" })
    cleared.length = 0
    expect(await desk.cancel("import-1")).toMatchObject({ status: "canceled" })
    expect(cleared).toEqual(["import-1"])
    reports.set("import-1", { ...reports.get("import-1")!, status: "done" })
    expect(await desk.cancel("import-1")).toMatchObject({ status: "done" })
    expect(cleared).toEqual(["import-1"])
  })

  it("ends as canceled when the sender leaves in the middle", async () => {
    const { desk, reports } = setUp()
    async function* left(): AsyncGenerator<Buffer> {
      yield Buffer.from(`${HEADER}\n`)
      for (let order = 1; order < 5_000; order += 1) yield Buffer.from(sale(order)) // longer than what is looked at before the import is opened
      throw new ForesightError("canceled", "the upload was broken off by its sender")
    }
    await expect(desk.take({ fileName: "a.csv", choices, bytes: left() })).rejects.toMatchObject({ code: "canceled" })
    expect([...reports.values()]).toMatchObject([{ status: "canceled" }])
  })

  it("tells the reason where Temporal is away, so that the file can be sent again", async () => {
    const { desk, reports } = setUp({ startImport: () => Promise.reject(new ForesightError("unavailable", "Temporal did not answer")) })
    await expect(desk.take({ fileName: "a.csv", choices, bytes: bytes(`${HEADER}\n${sale(1)}`) })).rejects.toMatchObject({ code: "unavailable" })
    expect(reports.get("import-1")).toMatchObject({ status: "failed", error: "Temporal did not answer" })
  })

  it("refuses a file that was imported with its dates moved: its sales would count twice", async () => {
    const { desk, reports } = setUp()
    const file = `${HEADER}\n${sale(1)}`
    const { id } = await desk.take({ fileName: "a.csv", choices, bytes: bytes(file) })
    reports.set(id, { ...reports.get(id)!, status: "done", linesKept: 1, shiftWeeks: 3 })
    await expect(desk.take({ fileName: "a.csv", choices, bytes: bytes(file) })).rejects.toMatchObject({ code: "invalid_options", message: expect.stringContaining("3 weeks later") as string })
  })

  it("checks a file without writing anything, and asks the shop for its SKUs", async () => {
    const { desk, reports, lines } = setUp()
    const reader = { variantsBySku: async () => [], productsByHandle: async () => [{ handle: "CUP", productId: "prod_1", variantId: null }] }
    const { summary, unknownSkus } = await desk.check({ fileName: "a.csv", choices, bytes: bytes(`${HEADER}\n${sale(1)}${sale(2).replace("CUP", "POT")}`) }, reader)
    expect(summary).toMatchObject({ read: 2, kept: 2 })
    expect(unknownSkus).toEqual({ checked: 2, unknown: 1, sample: ["POT"] })
    expect(reports.size + lines.length).toBe(0)
  })

  it("asks the workflow of a running import to stop, and ends the report itself where there is none", async () => {
    const asked = setUp()
    const running = await asked.desk.take({ fileName: "a.csv", choices, bytes: bytes(`${HEADER}\n${sale(1)}`) })
    expect(await asked.desk.cancel(running.id)).toMatchObject({ status: "inserting" }) // the workflow will say canceled
    const orphan = setUp({ cancelImport: async () => false })
    const lost = await orphan.desk.take({ fileName: "a.csv", choices, bytes: bytes(`${HEADER}\n${sale(1)}`) })
    expect(await orphan.desk.cancel(lost.id)).toMatchObject({ status: "canceled" })
    expect(orphan.cleared).toEqual([lost.id])
  })
})
