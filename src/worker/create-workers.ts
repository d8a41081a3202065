import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { ApplicationFailure } from "@temporalio/common"
import { Worker, type NativeConnection, type WorkerOptions } from "@temporalio/worker"
import { asFailure } from "../../activities/activity-context"
import { ForesightError } from "../domain/errors"
import type { TaskQueues } from "../temporal/queues"

/** Light activities at a time: each may hold a connection of the pool. */
const LIGHT_AT_ONCE = 4

export interface WorkersInput {
  connection: NativeConnection
  namespace: string
  queues: TaskQueues
  /** Work of other shops on the same queue is refused by name. */
  shopId?: string
  /** Which queues this process works on. */
  roles: readonly ("light" | "training")[]
  activities: object
  /** The bundle that the build made; tests bundle the sources. */
  workflowBundle?: WorkerOptions["workflowBundle"]
  identity?: string
}

/** One worker for workflows and quick steps, one for trainings, one training at a time. */
export async function createWorkers({ connection, namespace, queues, roles, activities, shopId, workflowBundle, identity }: WorkersInput): Promise<Worker[]> {
  const common: Omit<WorkerOptions, "taskQueue"> = {
    connection,
    namespace,
    activities,
    interceptors: {
      activity: [
        ({ info }) => ({
          inbound: {
            execute: async (input, next) => {
              const workflowId = info.workflowExecution?.workflowId ?? ""
              if (shopId && !workflowId.startsWith(`foresight/${shopId}/`)) {
                const message = `${workflowId} belongs to another shop than ${shopId}, and both use the task queue ${info.taskQueue}: give each shop its own temporal.taskQueuePrefix`
                throw ApplicationFailure.nonRetryable(message, "shared_queue")
              }
              return next(input).catch((error: unknown) => Promise.reject(asFailure(error) as Error))
            },
          },
        }),
      ],
    },
    ...(identity && { identity }),
    shutdownForceTime: "30 seconds",
  }
  const options: Record<(typeof roles)[number], () => WorkerOptions> = {
    light: () => ({
      ...common,
      taskQueue: queues.light,
      workflowBundle: workflowBundle ?? builtBundle(),
      maxCachedWorkflows: 100,
      maxConcurrentActivityTaskExecutions: LIGHT_AT_ONCE,
      shutdownGraceTime: "10 seconds",
    }),
    // a training is stopped at once: it goes on elsewhere from its checkpoint
    training: () => ({ ...common, taskQueue: queues.training, maxConcurrentActivityTaskExecutions: 1, shutdownGraceTime: 0 }),
  }
  return Promise.all(roles.map((role) => Worker.create(options[role]())))
}

/** scripts/build.mjs writes it to .medusa/server, two folders above the compiled file. */
function builtBundle(): { codePath: string } {
  const codePath = resolve(__dirname, "../../workflow-bundle.js")
  if (!existsSync(codePath)) throw new ForesightError("not_found", `${codePath} is missing; build the package first (npm run build)`)
  return { codePath }
}
