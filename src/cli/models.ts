import type { ModelVersion } from "../database/stores/model-version-store"
import { ForesightError } from "../domain/errors"
import type { ModelKind } from "../domain/training"
import { EXIT, print, printJson, table } from "./output"
import { withStore } from "./store-connection"
import { kindsOf } from "./train"

const SHOWN = 100

/** Lists trained versions, newest first. */
export async function listModels({ json, kind }: { json: boolean; kind?: string }): Promise<number> {
  const one = kind === undefined ? undefined : oneKind(kind)
  return withStore(async ({ stores }) => {
    const { models, count } = await stores.modelVersions.list({ kind: one, limit: SHOWN, offset: 0 })
    if (json) printJson({ models: models.map(document), count })
    else if (models.length === 0) print("no model was trained yet; \"npx foresight train\" trains the first")
    else {
      const rows = models.map(({ kind, version, status, algorithm, gate, createdAt, id }) => [kind, String(version), status, algorithm, `${gate.metric} ${gate.value.toFixed(4)}`, createdAt.toISOString().slice(0, 16), id])
      print(table([["KIND", "VERSION", "STATUS", "ALGORITHM", "FIGURE", "MADE", "ID"], ...rows]))
    }
    return EXIT.done
  })
}

/** Puts a version into service, whatever the gate said. */
export async function promoteModel(id: string, { json }: { json: boolean }): Promise<number> {
  return withStore(async ({ stores }) => tell(await stores.modelVersions.promote(id), json))
}

/** Puts the newest version before the present one that has ever served back into service. */
export async function rollBackModel(kind: string, { json }: { json: boolean }): Promise<number> {
  const one = oneKind(kind)
  return withStore(async ({ stores }) => {
    const [serving, { models }] = await Promise.all([stores.modelVersions.serving(one), stores.modelVersions.list({ kind: one, status: "retired", limit: SHOWN, offset: 0 })])
    const before = models.find(({ version }) => !serving || version < serving.version)
    if (!before) throw new ForesightError("not_found", `there is no earlier version of ${one} to go back to`)
    return tell(await stores.modelVersions.promote(before.id), json)
  })
}

function oneKind(name: string): ModelKind {
  const [kind, ...more] = kindsOf(name)
  if (!kind || more.length > 0) throw new ForesightError("invalid_options", `${JSON.stringify(name)} is no single kind of model; expected demand, taste or session`)
  return kind
}

function tell(model: ModelVersion, json: boolean): number {
  if (json) printJson({ model: document(model) })
  else print(`${model.kind}: version ${model.version} serves now; forecasts and lists follow with the next cycle ("npx foresight run nightly --train none" does it now)`)
  return EXIT.done
}

const document = ({ id, kind, version, status, algorithm, gate, createdAt, dataFrom, dataTo, seed, backend, seconds, byteCount }: ModelVersion) => ({
  id,
  kind,
  version,
  status,
  algorithm,
  metric: gate.metric,
  value: gate.value,
  baselines: gate.baselines,
  created_at: createdAt.toISOString(),
  data_from: dataFrom,
  data_to: dataTo,
  seed,
  backend,
  seconds,
  bytes: byteCount,
})
