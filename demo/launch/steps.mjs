// Named steps: each says on stderr what it does and how long it took; a failure says what to do.

/** A failure the reader can act on: `advice` says what to do next. */
export class LaunchError extends Error {
  /**
   * @param {string} message what went wrong
   * @param {string} [advice] what to do
   * @param {{ cause?: unknown }} [options]
   */
  constructor(message, advice, options) {
    super(message, options)
    this.name = "LaunchError"
    this.advice = advice
  }
}

/** How often a long step says that it is still at work, ms. */
const STILL_EVERY_MS = 20_000

/**
 * @typedef {{ say(text: string): void, result(text: string): void }} StepVoice `say` prints a line at once; `result` is what the closing line ends with.
 * @typedef {{ step<T>(name: string, action: (voice: StepVoice) => Promise<T> | T): Promise<T>, seconds: Record<string, number>, note(text: string): void }} Steps
 */

/**
 * @param {(line: string) => void} [write] where lines go; stderr unless told
 * @returns {Steps} `seconds` holds what each finished step took
 */
export function createSteps(write = (line) => process.stderr.write(`${line}\n`)) {
  /** @type {Record<string, number>} */
  const seconds = {}
  return {
    seconds,
    note: write,
    async step(name, action) {
      const started = performance.now()
      const elapsed = () => Math.round((performance.now() - started) / 100) / 10
      let closing = ""
      let last = Date.now()
      write(`▸ ${name} …`)
      const still = setInterval(() => {
        if (Date.now() - last >= STILL_EVERY_MS) write(`  ${name}: still at work after ${elapsed().toFixed(0)} s`)
      }, STILL_EVERY_MS)
      const voice = {
        /** @param {string} text */
        say(text) {
          last = Date.now()
          write(`  ${text}`)
        },
        /** @param {string} text */
        result(text) {
          closing = ` – ${text}`
        },
      }
      try {
        const answer = await action(voice)
        seconds[name] = elapsed()
        write(`✓ ${name} ${elapsed().toFixed(1)} s${closing}`)
        return answer
      } catch (error) {
        write(`✗ ${name} failed after ${elapsed().toFixed(1)} s`)
        throw error
      } finally {
        clearInterval(still)
      }
    },
  }
}

/**
 * What a person reads when a launch fails.
 * @param {unknown} error
 * @returns {string}
 */
export function describeFailure(error) {
  if (!(error instanceof LaunchError)) return error instanceof Error ? (error.stack ?? error.message) : String(error)
  return error.advice ? `${error.message}\n→ ${error.advice}` : error.message
}
