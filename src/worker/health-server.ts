import { createServer } from "node:http"
import { ForesightError } from "../domain/errors"

/** How the worker stands. `waitingFor`: what it lacks and what to do; `null` when it works. */
export interface WorkerHealth {
  ready: boolean
  waitingFor: string | null
}

/** Answers `GET /health` (200 as long as the process lives), `/health/ready` (503 until it works) with JSON, for containers and watchdogs.
 * @param port 0 takes a free one.
 * @throws ForesightError `invalid_options` when the port is taken. */
export async function startHealthServer(port: number, health: () => WorkerHealth): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0]
    const { ready, waitingFor } = health()
    const known = path === "/health" || path === "/health/live" || path === "/health/ready"
    response.writeHead(!known ? 404 : path === "/health/ready" && !ready ? 503 : 200, { "content-type": "application/json", "cache-control": "no-store" })
    response.end(JSON.stringify(known ? { live: true, ready, waiting_for: waitingFor } : { type: "not_found", message: "ask /health, /health/live or /health/ready" }))
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      reject(cause.code === "EADDRINUSE" ? new ForesightError("invalid_options", `the health port ${port} is taken; give another one with --health-port or FORESIGHT_HEALTH_PORT`, { cause }) : cause)
    )
    server.listen(port, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === "object" && address ? address.port : port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}
