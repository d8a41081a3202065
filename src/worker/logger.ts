import { pino, type Logger } from "pino"

export type { Logger }

/** JSON lines on stdout; level from `LOG_LEVEL`. */
export function createLogger(level = process.env.LOG_LEVEL ?? "info"): Logger {
  return pino({ name: "foresight-worker", level, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } })
}

/** The same logger in the shape that Medusa calls. */
export function medusaLogger(log: Logger) {
  const shop = log.child({ part: "medusa" })
  const text = (value: unknown) => (value instanceof Error ? value.message : String(value))
  const quiet = () => undefined
  return {
    panic: (data: unknown) => shop.fatal(text(data)),
    error: (message: unknown, error?: Error) => shop.error(error ? { err: error } : {}, text(message)),
    warn: (message: unknown) => shop.warn(text(message)),
    info: (message: unknown) => shop.debug(text(message)),
    http: (message: unknown) => shop.debug(text(message)),
    verbose: (message: unknown) => shop.trace(text(message)),
    debug: (message: unknown) => shop.trace(text(message)),
    silly: (message: unknown) => shop.trace(text(message)),
    log: (message: unknown) => shop.debug(text(message)),
    shouldLog: (level: string) => shop.isLevelEnabled(level === "http" || level === "info" ? "debug" : level === "error" || level === "warn" ? level : "trace"),
    setLogLevel: quiet,
    unsetLogLevel: quiet,
    activity: (message: string) => {
      shop.debug(message)
      return ""
    },
    progress: (_id: string, message: string) => shop.debug(message),
    success: (_id: string, message: string) => shop.debug(message),
    failure: (_id: string, message: string) => shop.error(message),
  }
}
