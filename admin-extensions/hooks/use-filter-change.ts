import { useCallback } from "react"
import type { useSearchParams } from "react-router-dom"

/** Changes a list's filter in the address: an empty value leaves it, and any change but of the page, counted from 0, goes to the first page. Only a new page is a step to come Back from. */
export function useFilterChange<Part extends object>(setParams: ReturnType<typeof useSearchParams>[1]): (part: Part & { page?: number }) => void {
  return useCallback(
    (part: Part & { page?: number }) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before)
          next.delete("page")
          for (const [name, value] of Object.entries(part) as [string, string | number | undefined][]) {
            if (value === undefined || value === "" || (name === "page" && value === 0)) next.delete(name)
            else next.set(name, String(name === "page" ? Number(value) + 1 : value))
          }
          return next
        },
        { replace: !("page" in part) }
      ),
    [setParams]
  )
}
