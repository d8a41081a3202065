import type { IncomingMessage } from "node:http"
import { ForesightError } from "../../../../domain/errors"

/** Types of content under which a file may come. */
export const UPLOAD_TYPES: readonly string[] = ["text/csv", "text/plain", "text/tab-separated-values", "application/csv", "application/vnd.ms-excel", "application/gzip", "application/x-gzip", "application/octet-stream"]

/** The body of an upload as it arrives: what is not taken yet waits at the sender. Whoever ends early calls `return()`: the rest then runs off unread, so that the sender gets the answer.
 * @throws ForesightError `invalid_options` for another kind of body; while it is read `canceled` when the sender left. */
export function uploadedBytes(req: IncomingMessage): AsyncGenerator<Buffer> {
  const type = (req.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? ""
  if (!UPLOAD_TYPES.includes(type)) {
    throw new ForesightError("invalid_options", `content-type is ${JSON.stringify(type)}; expected the file itself as text/csv or application/gzip`)
  }
  return chunks(req)
}

async function* chunks(req: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    // leaving a plain `for await` early would destroy the request, and its connection before the answer
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) yield chunk
  } catch (cause) {
    if (!req.complete) throw new ForesightError("canceled", "the upload was broken off by its sender", { cause })
    throw cause
  } finally {
    req.resume()
  }
}
