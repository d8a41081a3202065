import { createContext, useContext } from "react"
import type { ReactNode } from "react"
import type { Foresight } from "../client"

const ForesightContext = createContext<Foresight | null>(null)

/** Gives the tracker to all hooks below. Make it once, outside of components: `const foresight = createForesight({ … })`. */
export function ForesightProvider({ foresight, children }: { foresight: Foresight; children: ReactNode }) {
  return <ForesightContext.Provider value={foresight}>{children}</ForesightContext.Provider>
}

/** @throws Error outside of a `ForesightProvider` */
export function useForesight(): Foresight {
  const foresight = useContext(ForesightContext)
  if (!foresight) throw new Error("no Foresight here; put a <ForesightProvider foresight={…}> around this component")
  return foresight
}

/** `track` of the tracker; the same function at each render. */
export const useTrack = (): Foresight["track"] => useForesight().track
