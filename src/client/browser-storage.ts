/** Texts kept by the browser. Storage may be forbidden (private windows, blocked cookies) or full; then nothing was kept, and nobody is told. */
export function browserStorage(kind: "localStorage" | "sessionStorage") {
  const attempt = <Result>(use: (storage: Storage) => Result): Result | null => {
    try {
      return use(window[kind])
    } catch {
      return null // as if it were empty
    }
  }
  return {
    get: (key: string): string | null => attempt((storage) => storage.getItem(key)),
    set: (key: string, value: string): void => void attempt((storage) => storage.setItem(key, value)),
    remove: (key: string): void => void attempt((storage) => storage.removeItem(key)),
  }
}
