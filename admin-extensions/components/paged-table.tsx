import { clx, Table } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"

interface PagedTableProps {
  answer: { count: number; limit: number; offset: number }
  /** True while the next page is on its way and this one still stands. */
  isStale: boolean
  onPage: (page: number) => void
  /** `count` is where counting ended. */
  isCountOpen?: boolean
  /** There may be a page behind the last one that was counted. */
  mayGoOn?: boolean
  children: ReactNode
}

/** A table with the buttons to its other pages below it. */
export function PagedTable({ answer: { count, limit, offset }, isStale, onPage, isCountOpen = false, mayGoOn = false, children }: PagedTableProps) {
  const { t } = useTranslation("foresight")
  const page = Math.floor(offset / limit)
  const pages = Math.max(1, Math.ceil(count / limit))
  return (
    <div aria-busy={isStale} className={clx("transition-opacity", isStale && "opacity-60")}>
      <div className="relative overflow-x-auto">{children}</div>
      <Table.Pagination
        count={count}
        pageSize={limit}
        pageIndex={page}
        pageCount={pages}
        canPreviousPage={page > 0}
        canNextPage={page < pages - 1 || mayGoOn}
        previousPage={() => onPage(page - 1)}
        nextPage={() => onPage(page + 1)}
        translations={{
          of: t("list.pagination.of"),
          results: t(isCountOpen ? "data.lines.resultsOrMore" : "list.pagination.results"),
          pages: t("list.pagination.pages"),
          prev: t("list.pagination.prev"),
          next: t("list.pagination.next"),
        }}
      />
    </div>
  )
}
