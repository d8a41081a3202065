/** Task queues of one installation. */
export interface TaskQueues {
  /** Workflows and everything that is quick. */
  light: string
  /** Trainings, one at a time a worker. */
  training: string
}

/** Queue names from the option `temporal.taskQueuePrefix`. Workflows derive the second from their own queue the same way. */
export function taskQueues(prefix: string): TaskQueues {
  return { light: prefix, training: `${prefix}-training` }
}
