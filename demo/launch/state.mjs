// What earlier launches finished, so that the next one does not do it again.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/**
 * @param {string} file
 * @returns a small dictionary on disk; every `set` is written at once
 */
export function openState(file) {
  /** @type {Record<string, unknown>} */
  let values = {}
  try {
    values = JSON.parse(readFileSync(file, "utf8"))
  } catch {
    // First launch, or cut off by a crash: everything is checked and made again.
  }
  const save = () => {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify(values, null, 2))
    renameSync(`${file}.new`, file)
  }
  return {
    /** @param {string} key @returns {unknown} */
    get: (key) => values[key],
    /** @param {string} key @param {unknown} value */
    set(key, value) {
      values[key] = value
      save()
    },
    /**
     * Does something once for each `key` and `version`; done already, the kept answer is given.
     * @template T
     * @param {string} key
     * @param {string} version what the work depends on
     * @param {() => Promise<T>} work its answer must be plain JSON
     * @param {() => boolean} [stillThere] whether what was made has not been removed since
     * @returns {Promise<{ answer: T, reused: boolean }>}
     */
    async once(key, version, work, stillThere = () => true) {
      const kept = /** @type {{ version: string, answer: T } | undefined} */ (values[key])
      if (kept?.version === version && stillThere()) return { answer: kept.answer, reused: true }
      delete values[key]
      save()
      const answer = await work()
      values[key] = { version, answer }
      save()
      return { answer, reused: false }
    },
  }
}
/** @typedef {ReturnType<typeof openState>} State */
