/** Says that something did not work, and offers to try again. */
export function Failure({ what, error, onRetry }: { what: string; error: unknown; onRetry?: () => void }) {
  return (
    <div className="notice failure" role="alert">
      <p>
        {what}. <small>{error instanceof Error ? error.message : String(error)}</small>
      </p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  )
}

/** Says that there is nothing, and why. */
export function Emptiness({ children }: { children: string }) {
  return <p className="notice">{children}</p>
}

/** Grey cards where products will be. */
export function CardsLoading({ count = 6 }: { count?: number }) {
  return (
    <div className="cards" role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="card loading" />
      ))}
    </div>
  )
}
