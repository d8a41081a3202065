import { gruNet } from "./gru-net"
import { lstmNet } from "./lstm-net"
import { mlpNet } from "./mlp-net"
import { nHitsNet } from "./n-hits-net"
import type { NetArchitecture } from "./net-architecture"
import type { NetName } from "./net-names"
import { patchTransformerNet } from "./patch-transformer-net"
import { temporalCnnNet } from "./temporal-cnn-net"
import { tsMixerNet } from "./ts-mixer-net"

/** Every net, by the name that `--model` takes. */
export const ARCHITECTURES: Readonly<Record<NetName, NetArchitecture>> = {
  mlp: mlpNet,
  "n-hits": nHitsNet,
  tsmixer: tsMixerNet,
  tcn: temporalCnnNet,
  lstm: lstmNet,
  gru: gruNet,
  "patch-transformer": patchTransformerNet,
}
