import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { connectionOptions } from "../../../src/temporal/connection-options"

const plain = { address: "localhost:7233", namespace: "default", tls: false as const, taskQueuePrefix: "foresight" }

describe("connectionOptions()", () => {
  it("is the address alone by default", () => expect(connectionOptions(plain)).toEqual({ address: "localhost:7233" }))
  it("switches TLS on with an API key", () => expect(connectionOptions({ ...plain, apiKey: "key" })).toEqual({ address: "localhost:7233", apiKey: "key", tls: true }))

  it("reads a client's certificate", () => {
    const folder = mkdtempSync(join(tmpdir(), "foresight-test-"))
    const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")]
    writeFileSync(certFile, "CERT")
    writeFileSync(keyFile, "KEY")
    expect(connectionOptions({ ...plain, tls: { serverName: "temporal.local", certFile, keyFile } }).tls).toEqual({
      serverNameOverride: "temporal.local",
      clientCertPair: { crt: Buffer.from("CERT"), key: Buffer.from("KEY") },
    })
    rmSync(folder, { recursive: true })
  })

  it("names a file that cannot be read, and a certificate without its key", () => {
    expect(() => connectionOptions({ ...plain, tls: { caFile: "/nowhere/ca.pem" } })).toThrow('temporal.tls.caFile is "/nowhere/ca.pem"; expected a readable PEM file')
    expect(() => connectionOptions({ ...plain, tls: { certFile: "/nowhere/cert.pem" } })).toThrow("belong together")
  })
})
