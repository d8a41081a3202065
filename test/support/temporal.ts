import { spawn, type ChildProcess } from "node:child_process"
import { randomUUID } from "node:crypto"
import { join } from "node:path"
import { Client, Connection } from "@temporalio/client"
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, type Worker, type WorkflowBundle } from "@temporalio/worker"
import { createWorkers } from "../../src/worker/create-workers"
import { findTemporal } from "../../src/worker/local-temporal"
import { taskQueues, type TaskQueues } from "../../src/temporal/queues"
import { until } from "./eventually"
import { freePort } from "./free-port"

/** A real server with a namespace of its own. */
export interface TestTemporal {
  address: string
  namespace: string
  client: Client
  queues: TaskQueues
  /** Works on both queues while `work` runs. */
  withWorkers<Result>(activities: object, work: () => Promise<Result>): Promise<Result>
  stop(): Promise<void>
}

let quieted = false

/** The SDK tells of each worker's state; only errors matter here, unless FORESIGHT_TEST_LOG=1. */
function quietRuntime(): void {
  if (!quieted) Runtime.install({ logger: new DefaultLogger(process.env.FORESIGHT_TEST_LOG === "1" ? "INFO" : "ERROR"), shutdownSignals: [] })
  quieted = true
}

let bundle: Promise<WorkflowBundle> | undefined

/** The workflows' sources, bundled once a test file. */
export function workflowBundle(): Promise<WorkflowBundle> {
  quietRuntime()
  const path = join(__dirname, "../../workflows/index.ts")
  return (bundle ??= bundleWorkflowCode({ workflowsPath: path, logger: new DefaultLogger("ERROR") }))
}

/** The server of TEMPORAL_ADDRESS, else a development server in memory, as the launcher finds it. */
export async function startTestTemporal(): Promise<TestTemporal> {
  const namespace = `foresight_test_${randomUUID().slice(0, 8)}`
  const given = process.env.TEMPORAL_ADDRESS
  let server: ChildProcess | null = null
  let address = given ?? ""
  if (!given) {
    const program = findTemporal()
    if (!program) throw new Error("no temporal program on the PATH or in ~/.cache/foresight: run npm test, which brings one")
    const port = await freePort()
    address = `127.0.0.1:${port}`
    server = spawn(program, ["server", "start-dev", "--ip", "127.0.0.1", "--port", String(port), "--headless", "--namespace", namespace, "--log-level", "error"], { stdio: "ignore" })
  }
  const connection = await connect(address)
  if (given) {
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } })
  }
  // a namespace just registered reaches each service's cache a moment later: this one asks the frontend's and, through it, the matching's
  await until(() => connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: "is-known" }, taskQueueType: 1 }))
  await until(() => connection.workflowService.listSchedules({ namespace, maximumPageSize: 1 }))
  quietRuntime()
  const native = await NativeConnection.connect({ address })
  const queues = taskQueues(`foresight-${randomUUID().slice(0, 8)}`)
  return {
    address,
    namespace,
    queues,
    client: new Client({ connection, namespace }),
    async withWorkers(activities, work) {
      const workers = await createWorkers({ connection: native, namespace, queues, roles: ["light", "training"], activities, workflowBundle: await workflowBundle() })
      const runs = Promise.all(workers.map((worker) => worker.run()))
      try {
        return await Promise.race([work(), runs.then(() => Promise.reject(new Error("the workers ended before the test did")))])
      } finally {
        for (const worker of workers) stop(worker)
        await runs
      }
    },
    async stop() {
      await native.close()
      await connection.close()
      server?.kill("SIGKILL")
    },
  }
}

function stop(worker: Worker): void {
  if (worker.getState() === "RUNNING") worker.shutdown()
}

async function connect(address: string): Promise<Connection> {
  return until(() => Connection.connect({ address, connectTimeout: 1000 }))
}
