/** Entry of a thread that trains nets. */
import { serveJobs } from "../threads/serve-jobs"
import { trainNet } from "./train-net"

serveJobs(trainNet, () => [])
