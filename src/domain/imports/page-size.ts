/** Lines of an import that become events in one transaction; page `n` holds the lines of the file from `n` × this + 1 on. */
export const LINES_A_PAGE = 50_000
