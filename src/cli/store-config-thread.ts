import { parentPort, workerData } from "node:worker_threads"
import { readStoreConfig } from "../shop/store-config"

// The thread of readStoreConfigAside(): reads the configuration of the store in the folder it is given and answers what can be copied.
const { directory, options, shopId, databaseUrl, ssl } = readStoreConfig(String(workerData))
parentPort?.postMessage({ directory, options, shopId, databaseUrl, ssl })
