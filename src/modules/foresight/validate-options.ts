import type { LoaderOptions } from "@medusajs/framework/types"
import { pluginOptions } from "./plugin-options"

/** A wrong option stops the boot with one line that names it. */
export default async function validateOptions({ options }: LoaderOptions<Record<string, unknown>>): Promise<void> {
  pluginOptions(options)
}
