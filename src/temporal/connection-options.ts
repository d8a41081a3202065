import { readFileSync } from "node:fs"
import { ForesightError } from "../domain/errors"
import type { ForesightOptions } from "../options"

/** What both the client and the worker need to reach Temporal. */
export interface TemporalConnectionOptions {
  address: string
  tls?: boolean | { serverNameOverride?: string; serverRootCACertificate?: Buffer; clientCertPair?: { crt: Buffer; key: Buffer } }
  apiKey?: string
}

/** Reads certificate files and turns the plugin's options into Temporal's. An API key switches TLS on.
 * @throws ForesightError `invalid_options` when a file cannot be read or a certificate comes without its key. */
export function connectionOptions({ address, tls, apiKey }: ForesightOptions["temporal"]): TemporalConnectionOptions {
  const options: TemporalConnectionOptions = { address, ...(apiKey && { apiKey, tls: true }) }
  if (typeof tls === "boolean") return tls ? { ...options, tls } : options
  const read = (name: string, file: string) => {
    try {
      return readFileSync(file)
    } catch (cause) {
      throw new ForesightError("invalid_options", `temporal.tls.${name} is ${JSON.stringify(file)}; expected a readable PEM file`, { cause })
    }
  }
  if (Boolean(tls.certFile) !== Boolean(tls.keyFile)) {
    throw new ForesightError("invalid_options", "temporal.tls.certFile and temporal.tls.keyFile belong together; only one of them is given")
  }
  return {
    ...options,
    tls: {
      ...(tls.serverName && { serverNameOverride: tls.serverName }),
      ...(tls.caFile && { serverRootCACertificate: read("caFile", tls.caFile) }),
      ...(tls.certFile && tls.keyFile && { clientCertPair: { crt: read("certFile", tls.certFile), key: read("keyFile", tls.keyFile) } }),
    },
  }
}
