import { createHash } from "node:crypto"
import { ForesightError } from "../../domain/errors"
import { packModel, unpackModel } from "../../domain/model-bytes"
import { packNets, unpackNets } from "./net-bytes"
import type { NetTask, TrainedNet } from "./train-net"

/** Nets by what they were trained for: a training that was cut off goes on without training them again. */
export interface KeptNets {
  find: (task: NetTask) => TrainedNet | null
  keep: (task: NetTask, net: TrainedNet) => void
}

/** Of what nets are made of: raised with each change of `NetSpec`, of a net's weights or of what its inputs mean, as is `FORMAT` of a version's bytes. */
const NETS_FORMAT = 1
const KIND = `demand-nets-${NETS_FORMAT}`

/** Keeps the nets of one training.
 * @param checkpoint What `onCheckpoint` was given before the training was cut off; ignored where another release wrote it.
 * @param onCheckpoint Hears of all nets so far, after each.
 */
export function keepNets(checkpoint: Uint8Array | null, onCheckpoint: (bytes: Uint8Array, nets: number) => void): KeptNets {
  const kept = new Map(checkpoint ? netsOf(checkpoint).map(({ label, net }) => [label, net]) : [])
  return {
    find: (task) => kept.get(fingerprint(task)) ?? null,
    keep: (task, net) => {
      kept.set(fingerprint(task), net)
      const { shapes, arrays } = packNets([...kept].map(([label, own]) => ({ label, net: own })))
      onCheckpoint(packModel(KIND, shapes, arrays), kept.size)
    },
  }
}

/** What a net must share with a kept one: all that it is trained by, and the data as far as it reads them. */
function fingerprint({ panel, ...task }: NetTask): string {
  const hash = createHash("sha256").update(JSON.stringify([task, panel.frequency, panel.periods[0], panel.known?.map(({ name }) => name), panel.statics]))
  const add = (values: Float64Array | Int32Array, end?: number) => hash.update(new Uint8Array(values.buffer, values.byteOffset, values.subarray(0, end).byteLength))
  panel.series.forEach(({ seriesId, category, firstPeriod, units, price }, at) => {
    hash.update(JSON.stringify([seriesId, category, firstPeriod]))
    add(units, task.limit)
    add(price, task.limit)
    for (const { values, since } of panel.known ?? []) {
      add(values[at] ?? new Float64Array(0))
      add(since?.[at] ?? new Int32Array(0))
    }
  })
  return hash.digest("base64")
}

function netsOf(bytes: Uint8Array): { label: string; net: TrainedNet }[] {
  try {
    const { meta, array } = unpackModel(KIND, bytes)
    return unpackNets<string>(meta, array)
  } catch (error) {
    if (error instanceof ForesightError) return []
    throw error
  }
}
