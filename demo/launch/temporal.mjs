// Temporal for the demo and the tests: the server of TEMPORAL_ADDRESS with a namespace of our own, else a local development server.
import { join } from "node:path"
import { freePort } from "./free-port.mjs"
import { LaunchError } from "./steps.mjs"

/**
 * @typedef {object} TemporalServer
 * @property {string} source how it was found, for people
 * @property {string} address host:port
 * @property {string} namespace
 * @property {string | null} uiUrl
 */

const OURS = /^foresight_(demo|test)_[a-z0-9_]{1,48}$/
const RETENTION_SECONDS = 3 * 86_400

/**
 * Waits until the namespace answers; registers it first where asked to.
 * @param {string} address @param {string} namespace
 * @param {{ register: boolean, untilMs: number, alive: () => boolean }} how
 */
async function reach(address, namespace, { register, untilMs, alive }) {
  const { Connection } = await import("@temporalio/client")
  const until = Date.now() + untilMs
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 5000 })
      try {
        if (register) {
          await connection.workflowService
            .registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: /** @type {never} */ (RETENTION_SECONDS), nanos: 0 } })
            .catch((error) => {
              if (error?.code !== 6) throw error // 6: ALREADY_EXISTS
            })
        }
        await connection.workflowService.describeNamespace({ namespace })
        // A namespace just registered reaches the frontend's cache a moment later.
        await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 })
        return
      } finally {
        await connection.close()
      }
    } catch (error) {
      if (!alive() || Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/**
 * @param {object} wish
 * @param {import("./processes.mjs").Processes} wish.processes
 * @param {string} wish.namespace `foresight_demo_…` or `foresight_test_…`
 * @param {string | null} wish.program path of `temporal`; not needed where TEMPORAL_ADDRESS is given
 * @param {NodeJS.ProcessEnv} [wish.environment]
 * @param {boolean} [wish.inMemory] forget everything at the end: for tests
 * @returns {Promise<TemporalServer>}
 * @throws LaunchError
 */
export async function startTemporal({ processes, namespace, program, environment = process.env, inMemory = false }) {
  if (!OURS.test(namespace)) throw new LaunchError(`namespace ${JSON.stringify(namespace)} is not ours; expected foresight_demo_… or foresight_test_…`)
  const given = environment.TEMPORAL_ADDRESS
  if (given) {
    try {
      await reach(given, namespace, { register: true, untilMs: 15_000, alive: () => true })
    } catch (error) {
      throw new LaunchError(`the Temporal server at TEMPORAL_ADDRESS (${given}) does not answer: ${error instanceof Error ? error.message : error}`, "Correct TEMPORAL_ADDRESS, or unset it: a local server is started then.")
    }
    return { source: `TEMPORAL_ADDRESS (${given}), namespace ${namespace}`, address: given, namespace, uiUrl: null }
  }
  if (!program) throw new LaunchError("no temporal program was found", "Install the Temporal CLI, or give TEMPORAL_ADDRESS.")
  const port = await freePort({ name: "Temporal", given: environment.FORESIGHT_TEMPORAL_PORT, variable: "FORESIGHT_TEMPORAL_PORT", preferred: inMemory ? undefined : 7233 })
  const uiPort = await freePort({ name: "Temporal's page", given: environment.FORESIGHT_TEMPORAL_UI_PORT, variable: "FORESIGHT_TEMPORAL_UI_PORT", preferred: inMemory ? undefined : 8233 })
  const metricsPort = await freePort({ name: "Temporal's metrics" })
  const child = processes.start({
    name: "temporal",
    command: program,
    args: [
      ...["server", "start-dev", "--ip", "127.0.0.1", "--port", String(port), "--ui-port", String(uiPort), "--metrics-port", String(metricsPort)],
      ...["--namespace", namespace, "--log-level", "warn"],
      ...(inMemory ? [] : ["--db-filename", join(processes.folder, "temporal.db")]),
    ],
    env: environment,
  })
  const address = `localhost:${port}`
  try {
    await reach(address, namespace, { register: false, untilMs: 180_000, alive: () => child.running() })
  } catch (error) {
    await child.stop()
    throw new LaunchError(`the Temporal server did not come up: ${error instanceof Error ? error.message : error}\n${child.tail()}`, `The whole log: ${child.logFile}`)
  }
  return { source: `${program}, port ${port}`, address, namespace, uiUrl: `http://localhost:${uiPort}` }
}
