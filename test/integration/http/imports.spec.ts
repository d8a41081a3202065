import { constants, gunzipSync, gzipSync } from "node:zlib"
import type { ImportAnswer, ImportCheckAnswer, ImportListAnswer } from "../../../src/api/answers"
import { eventually } from "../../support/eventually"
import { adminHeaders, testStore, type Answer } from "../../support/store"

const HEADER = "order_id;ordered_at;email;sku;quantity;unit_price;currency"
let headers: Record<string, string>
let sku: string
let run: string

beforeAll(async () => {
  headers = await adminHeaders(testStore())
  const { body } = await call<{ variants: { sku: string | null }[] }>("GET", "/admin/product-variants?limit=50&fields=sku")
  sku = body.variants.find((variant) => variant.sku)?.sku ?? ""
  run = String(Date.now())
})

/** A request whose body goes as it is; never throws for a status. */
async function call<Body>(method: string, path: string, body?: string | Buffer, own: Record<string, string> = {}): Promise<Answer<Body>> {
  const raw = body === undefined ? undefined : new Uint8Array(Buffer.from(body))
  const answer = await fetch(testStore().url + path, { method, headers: { ...headers, ...own }, ...(raw && { body: raw }), signal: AbortSignal.timeout(60_000) })
  const text = await answer.text()
  const isJson = answer.headers.get("content-type")?.includes("json")
  return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(text) : text) as Body }
}
const upload = <Body>(content: string | Buffer, query = "file_name=orders.csv", type = "text/csv") =>
  call<Body>("POST", `/admin/foresight/imports?${query}`, content, { "content-type": type })
const sales = (name: string, count: number) => [HEADER, ...Array.from({ length: count }, (_, at) => `${run}-${name}-${at};31.12.2025 10:00;import-test@example.com;${sku};1;12,50;EUR`), ""].join("\n")

async function ended(id: string): Promise<ImportAnswer> {
  return eventually(async () => {
    const { body } = await call<{ import: ImportAnswer }>("GET", `/admin/foresight/imports/${id}`)
    return body.import.finished_at !== null && body.import
  })
}

describe("POST /admin/foresight/imports", () => {
  it("says what a file would become and writes nothing", async () => {
    const text = `${sales("check", 3)}broken;yesterday;a@b.c;X;1;1;EUR\nu;31.12.2025;a@b.c;NOBODY-KNOWS-THIS;1;1,5;EUR\n`
    const before = (await call<ImportListAnswer>("GET", "/admin/foresight/imports?limit=1")).body.count
    const { status, body } = await upload<{ check: ImportCheckAnswer }>(text, "file_name=orders.csv&dry_run=true")
    expect(status).toBe(200)
    expect(body.check).toMatchObject({ format: "orders", lines_read: 5, lines_kept: 4, lines_refused: 1, unknown_skus: { checked: 2, unknown: 1, sample: ["NOBODY-KNOWS-THIS"] } })
    expect(body.check.found).toEqual({ encoding: "utf-8", separator: "semicolon", decimal: "comma", dates: "dmy", first_day: "2025-12-31", last_day: "2025-12-31", cut: null })
    expect((await call<ImportListAnswer>("GET", "/admin/foresight/imports?limit=1")).body.count).toBe(before)
  })

  it("imports a gzip, lists what could not be read, and doubles nothing the second time", async () => {
    const file = gzipSync(`${sales("good", 50)}=broken;yesterday;a@b.c;X;1;1;EUR\n`)
    const first = await upload<{ import: ImportAnswer }>(file, "file_name=orders.csv.gz", "application/gzip")
    expect(first.status).toBe(202)
    expect(first.body.import).toMatchObject({ file_name: "orders.csv.gz", format: "orders", status: "inserting", lines_read: 51, lines_refused: 1 })
    const done = await ended(first.body.import.id)
    expect(done).toMatchObject({ status: "done", lines_kept: 50, lines_duplicate: 0, error: null, progress: null })
    const refusals = await call<string>("GET", `/admin/foresight/imports/${done.id}/refusals`)
    expect(refusals.headers.get("content-type")).toContain("text/csv")
    expect(refusals.body).toContain("line,column,value,message\r\n52,ordered_at,yesterday,")
    const again = await upload<{ import: ImportAnswer }>(file, "file_name=orders.csv.gz", "application/gzip")
    expect(await ended(again.body.import.id)).toMatchObject({ status: "done", lines_kept: 0, lines_duplicate: 50 })
    expect((await call<ImportListAnswer>("GET", "/admin/foresight/imports?limit=2")).body.imports.map(({ id }) => id)).toEqual([again.body.import.id, done.id])
  })

  it("keeps the good lines of a gzip that was cut short and says where it ended", async () => {
    let price = 1
    const whole = gzipSync(sales("cut", 400).replaceAll(/12,50/g, () => `${(price = (price * 48_271) % 1_000_003)},50`)) // Lehmer's generator: little to compress
    const beginning = (bytes: number) => gunzipSync(whole.subarray(0, bytes), { finishFlush: constants.Z_SYNC_FLUSH }).toString().split("\n")
    let bytes = whole.length - 1000
    while ((beginning(bytes).at(-1)?.length ?? 0) < 20) bytes -= 1 // in the middle of a line
    const { status, body } = await upload<{ import: ImportAnswer }>(whole.subarray(0, bytes), "file_name=cut.csv.gz", "application/gzip")
    expect(status).toBe(202)
    const done = await ended(body.import.id)
    expect(done.found?.cut).toMatch(/^line \d+: the gzip is broken or was cut short/)
    expect(done).toMatchObject({ status: "done", lines_refused: 1 })
    expect(done.lines_kept).toBeGreaterThan(0)
    expect(done.lines_kept).toBe(beginning(bytes).length - 2) // all but the header and the line that was cut
  })

  it.each([
    ["an empty body", "", "file_name=empty.csv", "text/csv", "is empty; expected a header"],
    ["a header alone", `${HEADER}\n`, "file_name=head.csv", "text/csv", "has no line that can be read"],
    ["another kind of file", "%PDF-1.7", "file_name=a.pdf", "application/pdf", 'content-type is "application/pdf"'],
    ["an unknown header", "a,b\n1,2\n", "file_name=x.csv", "text/csv", "line 1 is no known header"],
    ["an unknown option", "a", "file_name=x.csv&colour=red", "text/csv", "colour"],
    ["a folder in the file's name", "a", "file_name=..%2Fx.csv", "text/csv", "file_name"],
    ["no file's name", "a", "", "text/csv", "file_name"],
  ])("refuses %s in words", async (_case, content, query, type, message) => {
    const { status, body } = await upload<{ message: string }>(content, query, type)
    expect(status).toBe(400)
    expect(body.message).toContain(message)
  })

  it("takes columns by other names", async () => {
    const text = `Nummer,ordered_at,email,sku,quantity,unit_price,currency\n${run}-map,2025-12-31,a@b.c,${sku},1,5,EUR\n`
    const { body } = await upload<{ check: ImportCheckAnswer }>(text, "file_name=a.csv&dry_run=true&map=order_id%3DNummer")
    expect(body.check).toMatchObject({ lines_kept: 1 })
  })

  it("keeps strangers out", async () => {
    const answer = await fetch(`${testStore().url}/admin/foresight/imports?file_name=a.csv`, { method: "POST", headers: { "content-type": "text/csv" }, body: "a" })
    expect(answer.status).toBe(401)
  })
})

describe("/admin/foresight/imports/:id", () => {
  const nobody = "00000000-0000-4000-8000-000000000000"
  it.each([
    ["GET", nobody],
    ["DELETE", nobody],
    ["GET", `${nobody}/refusals`],
    ["GET", "%00"],
    ["DELETE", "%00"],
    ["GET", "%00/refusals"],
    ["GET", "no-uuid"],
    ["DELETE", `${nobody}%20`],
    ["GET", `${nobody}%00/refusals`],
  ])("answers 404 to %s %s", async (method, path) => expect((await call(method, `/admin/foresight/imports/${path}`)).status).toBe(404))

  it("leaves an import that has ended as it is", async () => {
    const { body } = await upload<{ import: ImportAnswer }>(sales("ended", 2))
    const done = await ended(body.import.id)
    const { status, body: after } = await call<{ import: ImportAnswer }>("DELETE", `/admin/foresight/imports/${done.id}`)
    expect(status).toBe(202)
    expect(after.import.status).toBe("done")
  })
})
