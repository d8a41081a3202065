/** Entry of a thread that trains boosted trees. */
import { serveJobs } from "./threads/serve-jobs"
import { trainPacked } from "./train-forests"

serveJobs(trainPacked, ({ buffer }) => [buffer])
