import { z } from "zod"
import { fileChoices } from "../../../../imports/import-options"

/** Query of an upload: the file's name and what is said about it. */
export const ImportQuery = z
  .object({
    file_name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^[^\u0000-\u001f/\\]*$/, "file_name: expected a file's name without a folder"),
    dry_run: z
      .enum(["true", "false"])
      .default("false")
      .transform((value) => value === "true"),
    ...fileChoices,
  })
  .strict()
export type ImportQuery = z.output<typeof ImportQuery>
