import { Module } from "@medusajs/framework/utils"
import { revertMigration, runMigrations } from "./migrations-hook"
import { FORESIGHT_MODULE } from "./name"
import ForesightModuleService from "./service"
import validateOptions from "./validate-options"

/** Medusa runs the two functions under `db:migrate` and `db:rollback` in place of its own migrator. */
export default {
  ...Module(FORESIGHT_MODULE, { service: ForesightModuleService, loaders: [validateOptions] }),
  runMigrations,
  revertMigration,
}
