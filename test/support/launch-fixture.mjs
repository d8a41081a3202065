// A launch to be killed by test/integration/modules/launch.spec.ts: `node launch-fixture.mjs FOLDER [PORT]`.
// Starts two children, says their ids on stdout as JSON, then waits. Each child writes its name into FOLDER/stopped when it is asked to stop.
import { appendFileSync } from "node:fs"
import { join } from "node:path"
import { freePort } from "../../demo/launch/free-port.mjs"
import { createProcesses } from "../../demo/launch/processes.mjs"
import { describeFailure } from "../../demo/launch/steps.mjs"

const [folder, port] = process.argv.slice(2)
const processes = createProcesses({ folder: String(folder) })
processes.stopWithUs()

const child = (/** @type {string} */ name) => {
  const script = `process.on("SIGTERM", () => { require("node:fs").appendFileSync(${JSON.stringify(join(String(folder), "stopped"))}, "${name}\\n"); process.exit(0) }); setInterval(() => {}, 1000); console.log("up")`
  return processes.start({ name, command: process.execPath, args: ["-e", script] })
}

try {
  const swept = await processes.sweep()
  const given = await freePort({ name: "a server", given: port, variable: "PORT" })
  const children = [child("first"), child("second")]
  while (children.some((one) => one.tail() === "")) await new Promise((resolve) => setTimeout(resolve, 20)) // until each can hear SIGTERM
  appendFileSync(join(String(folder), "starts"), "start\n")
  process.stdout.write(`${JSON.stringify({ swept, port: given, children: children.map(({ pid }) => pid) })}\n`)
  setInterval(() => {}, 1000)
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  await processes.stopAll()
  process.exit(1)
}
