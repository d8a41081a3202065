/** What the report of an import under way says of its lines. */
export interface ImportCounts {
  linesRead: number
  linesRefused: number
  linesKept: number
  linesDuplicate: number
}

/** How far the lines of a file that was read are: cancellations are matched before the first becomes an event, demand is counted after the last. */
export function importStage({ linesRead, linesRefused, linesKept, linesDuplicate }: ImportCounts): { stage: "matching" | "inserting" | "demand"; done: number; total: number } {
  const [done, total] = [linesKept + linesDuplicate, linesRead - linesRefused]
  return { stage: done === 0 ? "matching" : done < total ? "inserting" : "demand", done, total }
}
