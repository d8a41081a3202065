// Free ports: found where none is asked for; one that is asked for and taken is a clear error.
import { createServer } from "node:net"
import { LaunchError } from "./steps.mjs"

/**
 * Opens and closes a listener, on every address a server of ours would use.
 * @param {number} port 0 for any
 * @param {string} [host]
 * @returns {Promise<number>} the port that was free
 */
function tryPort(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : port))
    })
  })
}

/** @param {number} port */
async function isFree(port) {
  for (const host of ["127.0.0.1", "0.0.0.0", undefined]) {
    try {
      await tryPort(port, host)
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "EADDRINUSE" || /** @type {NodeJS.ErrnoException} */ (error).code === "EACCES") return false
      throw error
    }
  }
  return true
}

/** Ports handed out in this process, so that two services asked for at once never get the same. */
const handedOut = new Set()

/**
 * @param {object} wish
 * @param {string} wish.name what the port is for
 * @param {string | number} [wish.given] the one asked for, from an environment variable or flag
 * @param {string} [wish.variable] the variable it came from
 * @param {number} [wish.preferred] taken when free
 * @returns {Promise<number>} a port nobody listens on
 * @throws LaunchError when the given one is not a port or is taken
 */
export async function freePort({ name, given, variable, preferred }) {
  if (given !== undefined && given !== "") {
    const port = Number(given)
    const source = variable ?? "the given port"
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new LaunchError(`${source} is ${JSON.stringify(given)}; expected a port, 1 to 65535`)
    if (!(await isFree(port))) {
      throw new LaunchError(`port ${port} for ${name} is taken`, `Stop what listens there, choose another in ${source}, or leave it out: a free one is found.`)
    }
    handedOut.add(port)
    return port
  }
  if (preferred !== undefined && !handedOut.has(preferred) && (await isFree(preferred))) {
    handedOut.add(preferred)
    return preferred
  }
  for (;;) {
    const port = await tryPort(0, "127.0.0.1")
    if (handedOut.has(port)) continue
    handedOut.add(port)
    return port
  }
}
