// Outlives a killed launch for a moment: when the pipe from it closes, whatever the pid file still lists is stopped.
// Started by processes.mjs as `node warden.mjs PIDFILE OWNER`; an orderly end kills it, for then nothing is left to do.
import { readPidFile, sweepPidFile } from "./pid-file.mjs"
import { processStart } from "./process-identity.mjs"

const [file, owner] = process.argv.slice(2)
if (!file || !owner) throw new Error("usage: node warden.mjs PIDFILE OWNER")

async function sweepAfterOwner() {
  // The pipe closes a moment before the process is gone.
  for (let waited = 0; waited < 100 && processStart(Number(owner)) !== null; waited += 1) await new Promise((resolve) => setTimeout(resolve, 50))
  if (readPidFile(String(file)).owner?.pid === Number(owner)) await sweepPidFile(String(file))
}

process.on("SIGINT", () => {}) // Ctrl-C is for the launch; the warden ends when the launch has
process.on("SIGHUP", () => {})
process.stdin.on("error", () => {})
process.stdin.resume()
process.stdin.on("close", () => {
  void sweepAfterOwner().finally(() => process.exit(0))
})
