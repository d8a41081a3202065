import { startHealthServer } from "../../../src/worker/health-server"

const ask = async (port: number, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`)
  return { status: answer.status, body: (await answer.json()) as unknown }
}

describe("startHealthServer()", () => {
  it("lives from the start and is ready when the worker works", async () => {
    const health = { ready: false, waitingFor: "run the migrations" as string | null }
    const server = await startHealthServer(0, () => health)
    expect(await ask(server.port, "/health")).toEqual({ status: 200, body: { live: true, ready: false, waiting_for: "run the migrations" } })
    expect((await ask(server.port, "/health/ready")).status).toBe(503)
    Object.assign(health, { ready: true, waitingFor: null })
    expect(await ask(server.port, "/health/ready?x=1")).toEqual({ status: 200, body: { live: true, ready: true, waiting_for: null } })
    expect((await ask(server.port, "/")).status).toBe(404)
    await server.close()
  })

  it("says which option to change when the port is taken", async () => {
    const server = await startHealthServer(0, () => ({ ready: true, waitingFor: null }))
    await expect(startHealthServer(server.port, () => ({ ready: true, waitingFor: null }))).rejects.toThrow(`the health port ${server.port} is taken; give another one with --health-port`)
    await server.close()
  })
})
