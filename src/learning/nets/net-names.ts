/** Nets that `--model` takes; in a file without TensorFlow.js, which is loaded only where a net is asked for. */
export const NET_NAMES = ["mlp", "n-hits", "tsmixer", "tcn", "lstm", "gru", "patch-transformer"] as const

export type NetName = (typeof NET_NAMES)[number]

/** Whether a model's name is that of a net. */
export function isNetName(name: string): name is NetName {
  return (NET_NAMES as readonly string[]).includes(name)
}
