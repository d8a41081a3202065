import { once } from "node:events"
import { createServer, request, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { uploadedBytes } from "../../../../../../src/api/admin/foresight/imports/uploaded-bytes"

let server: Server
let handle: (req: IncomingMessage) => Promise<string>
beforeAll(async () => {
  server = createServer((req, res) => {
    handle(req).then(
      (text) => res.end(text),
      (error: Error) => res.writeHead(400).end(error.message)
    )
  })
  await once(server.listen(0), "listening")
})
afterAll(() => server.close())

async function post(body: Buffer, type = "text/csv") {
  const { port } = server.address() as AddressInfo
  const sent = request({ port, method: "POST", headers: { "content-type": type } })
  sent.end(body)
  const [answer] = (await once(sent, "response")) as [IncomingMessage]
  let text = ""
  for await (const chunk of answer) text += String(chunk)
  return { status: answer.statusCode, text }
}
const large = Buffer.alloc(8_000_000, "a")

describe("uploadedBytes()", () => {
  it("gives all of the body", async () => {
    handle = async (req) => {
      let length = 0
      for await (const chunk of uploadedBytes(req)) length += chunk.length
      return String(length)
    }
    expect(await post(large)).toEqual({ status: 200, text: "8000000" })
  })

  it("lets the sender of a large file hear early what is wrong with its beginning", async () => {
    handle = async (req) => {
      const bytes = uploadedBytes(req)
      try {
        await bytes.next()
        throw new Error("line 1 is no known header")
      } finally {
        await bytes.return(undefined)
      }
    }
    expect(await post(large)).toEqual({ status: 400, text: "line 1 is no known header" })
  })

  it("refuses another kind of body by its name", async () => {
    handle = async (req) => {
      uploadedBytes(req)
      return "taken"
    }
    expect(await post(Buffer.from("x"), "application/pdf")).toEqual({ status: 400, text: expect.stringContaining('content-type is "application/pdf"') as string })
  })

  it("says that the sender left in the middle", async () => {
    let leave = () => {}
    const heard = new Promise<unknown>((resolve) => {
      handle = async (req) => {
        try {
          for await (const chunk of uploadedBytes(req)) if (chunk.length > 0) leave()
        } catch (error) {
          resolve(error)
        }
        return ""
      }
    })
    const { port } = server.address() as AddressInfo
    const sent = request({ port, method: "POST", headers: { "content-type": "text/csv", "content-length": "1000" } })
    sent.on("error", () => undefined) // we are the one who leaves
    leave = () => void sent.destroy()
    sent.write("half")
    expect(await heard).toMatchObject({ code: "canceled", message: "the upload was broken off by its sender" })
  })
})
