/** Shapes of what is answered about imports of files. Types only. */

/** What was found out about a file, or said by whoever imports it. */
export interface ImportFoundAnswer {
  /** `utf-8`, `windows-1252`, `utf-16le`, `utf-16be` */
  encoding: string
  /** `comma`, `semicolon`, `tab` */
  separator: string
  /** The mark before decimals. */
  decimal: "dot" | "comma"
  /** Order of day, month and year; `null`: no date needed it. */
  dates: "ymd" | "dmy" | "mdy" | null
  first_day: string | null
  last_day: string | null
  /** Where and how a file ended in the middle; `null`: it was whole. */
  cut: string | null
}

/** In `{ imports, count, limit, offset }` of GET /admin/foresight/imports and in `{ import }` of /admin/foresight/imports/:id */
export interface ImportAnswer {
  id: string
  file_name: string
  /** `orders`, `online_retail`, `events`, `shopify`, `woocommerce`, `clickstream` */
  format: string
  status: "staging" | "inserting" | "done" | "failed" | "canceled"
  created_at: string
  finished_at: string | null
  lines_read: number
  lines_kept: number
  lines_duplicate: number
  lines_refused: number
  /** Whole weeks by which all dates were moved; `null`: none asked for. */
  shifted_weeks: number | null
  excluded: Record<string, number>
  refused_sample: { line: number; column: string | null; value: string | null; message: string }[]
  found: ImportFoundAnswer | null
  error: string | null
  /** Lines done in the present stage; `null` once the import has ended. */
  progress: { stage: "staging" | "matching" | "inserting" | "demand"; done: number; total: number } | null
}

/** GET /admin/foresight/imports */
export interface ImportListAnswer {
  imports: ImportAnswer[]
  count: number
  limit: number
  offset: number
}

/** In `{ check }` of POST /admin/foresight/imports?dry_run=true: what an import would do; nothing was written. */
export interface ImportCheckAnswer {
  file_name: string
  format: string
  lines_read: number
  lines_kept: number
  lines_refused: number
  excluded: Record<string, number>
  refused_sample: ImportAnswer["refused_sample"]
  found: ImportFoundAnswer
  /** SKUs of the file that the shop does not have, of those looked up (the first 20,000); `null`: not looked up. */
  unknown_skus: { checked: number; unknown: number; sample: string[] } | null
}
