import { createGunzip } from "node:zlib"

const OUTPUT_BYTES = 1 << 16

/** Unpacks gzip as it streams by; other bytes pass unchanged. What could be unpacked of a broken or cut gzip is given, then `onCut` hears why it ended. */
export async function* inflate(source: AsyncIterable<Buffer>, onCut: (why: string) => void): AsyncGenerator<Buffer> {
  const iterator = source[Symbol.asyncIterator]()
  try {
    const first = await iterator.next()
    if (first.done) return
    const rest = { [Symbol.asyncIterator]: () => iterator }
    if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
      yield first.value
      yield* rest
      return
    }
    yield* unpack(first.value, rest, onCut)
  } finally {
    await iterator.return?.()
  }
}

async function* unpack(first: Buffer, rest: AsyncIterable<Buffer>, onCut: (why: string) => void): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: OUTPUT_BYTES })
  let output: Buffer[] = []
  let failure: Error | null = null
  let wake: () => void = () => undefined
  // taken by hand: an iterator over the stream would lose what it holds when the end is an error
  gunzip.on("data", (chunk: Buffer) => output.push(chunk))
  gunzip.on("error", (error) => {
    failure = error
    wake()
  })
  const after = (begin: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      wake = resolve
      begin(resolve)
    })
  const taken = () => {
    const chunks = output
    output = []
    return chunks
  }
  try {
    await after((done) => gunzip.write(first, done))
    yield* taken()
    for await (const chunk of rest) {
      if (failure) break
      await after((done) => gunzip.write(chunk, done))
      yield* taken()
    }
    if (!failure) {
      await after((done) => {
        gunzip.once("end", done)
        gunzip.end()
      })
    }
    yield* taken()
    if (failure) onCut((failure as Error).message)
  } finally {
    gunzip.destroy()
  }
}
