/** The lines of an import that fall into one month once they are moved. */
export interface StagedMonth {
  /** `YYYY-MM` */
  month: string
  lines: number
  /** Numbers of its first and last line in the file. */
  firstLine: number
  lastLine: number
  /** Whether the store has nothing of this month yet, not even a partition. */
  isMissing: boolean
}

/** Fewer lines become events by pages as fast: making a month's indices has a price of its own. */
const FEWEST = 5_000
/** More lines would be one transaction of more than ten seconds. */
const MOST = 500_000

/** Whether a month's lines can be brought into its table at once and it pays: there are enough of them, and they stand together in the file, so that few others are read. */
export const isWhole = ({ isMissing, lines, firstLine, lastLine }: StagedMonth): boolean => isMissing && lines >= FEWEST && lines <= MOST && lastLine - firstLine < 2 * lines
