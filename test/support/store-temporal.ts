import { shopIdOf } from "../../src/domain/workflow-ids"
import { parseOptions } from "../../src/options"
import { ForesightClient } from "../../src/temporal/foresight-client"
import { testStore } from "./store"

/** The test store's workflows, as its own processes ask for them; close it at the end. */
export function storeTemporal(): ForesightClient {
  const { temporal } = parseOptions({}, process.env)
  const namespace = process.env.TEST_TEMPORAL_NAMESPACE ?? "default"
  return new ForesightClient({ temporal: { ...temporal, namespace }, shopId: shopIdOf(undefined, testStore().databaseUrl), callMs: 60_000 })
}
