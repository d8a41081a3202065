import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { bytesOf, openSalesFile } from "../../../src/cli/sales-file"

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "foresight-test-"))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("openSalesFile()", () => {
  it("names a file that is not there", () => expect(openSalesFile(join(folder, "nothing.csv"))).rejects.toMatchObject({ code: "invalid_file" }))

  it("lays stdin down, knows it by its content, and removes it", async () => {
    const path = join(folder, "same.csv")
    writeFileSync(path, "a,b\n")
    const [file, stdin] = [await openSalesFile(path), await openSalesFile("-", Readable.from([Buffer.from("a,b\n")]))]
    expect(stdin).toMatchObject({ name: "stdin", hash: file.hash, bytes: 4 })
    stdin.remove()
    await expect(openSalesFile(stdin.path)).rejects.toThrow("does not exist")
  })

  it("leaves nothing of a stdin that breaks off", async () => {
    const laidDown = () => readdirSync(tmpdir()).filter((name) => name.startsWith("foresight-import-"))
    const before = laidDown()
    const broken = new Readable({ read: () => broken.destroy(new Error("the pipe broke")) })
    await expect(openSalesFile("-", broken)).rejects.toMatchObject({ code: "invalid_file", message: expect.stringContaining("the pipe broke") as string })
    expect(laidDown().filter((name) => !before.includes(name))).toEqual([])
  })
})

describe("bytesOf()", () => {
  it("gives the file as it is and says how much was read", async () => {
    const path = join(folder, "large.csv")
    writeFileSync(path, "x".repeat(2_500_000))
    const heard: number[] = []
    let length = 0
    for await (const chunk of bytesOf({ path, name: "large.csv" }, (bytes) => heard.push(bytes))) length += chunk.length
    expect(length).toBe(2_500_000)
    expect(heard.at(-1)).toBe(2_500_000)
    expect(heard.length).toBeGreaterThan(1)
  })

  it("names the file that cannot be read", async () => {
    const all = async () => {
      for await (const chunk of bytesOf({ path: folder, name: "a folder" })) void chunk
    }
    await expect(all()).rejects.toMatchObject({ code: "invalid_file", message: expect.stringContaining("a folder cannot be read") as string })
  })
})
