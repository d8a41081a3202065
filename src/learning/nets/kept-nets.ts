import { ForesightError } from "../../domain/errors"
import { packModel, unpackModel } from "../../domain/model-bytes"
import { packNets, unpackNets } from "./net-bytes"
import type { NetTask, TrainedNet } from "./train-net"

/** Nets by what they were trained for: a training that was cut off goes on without training them again. */
export interface KeptNets {
  find: (task: NetTask) => TrainedNet | null
  keep: (task: NetTask, net: TrainedNet) => void
}

const KIND = "demand-nets"

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
  const known = panel.series.reduce((sum, { units }) => sum + units.subarray(0, task.limit).reduce((total, sold) => total + (sold >= 0 ? sold : 0), 0), 0)
  return JSON.stringify([task, panel.frequency, panel.periods[0], panel.series.length, known, panel.known?.length ?? 0])
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
