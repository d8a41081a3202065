import type { ActivityContext } from "../../activities/activity-context"

/** An activity's context outside Temporal; notes the heartbeats. */
export function activityContext(signal: AbortSignal = new AbortController().signal): ActivityContext & { beats: unknown[]; warnings: unknown[] } {
  const beats: unknown[] = []
  const warnings: unknown[] = []
  return { beats, warnings, warn: (message, fields) => void warnings.push([message, fields]), signal, runId: "temporal-run", heartbeat: (details) => void beats.push(details), stopped: () => new Error("stopped") }
}
