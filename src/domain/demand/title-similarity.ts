/** Words that stand in a larger share of all titles, and in more than so many of them, say nothing of an item. */
const MOST_COMMON = 0.1
const LEAST_COMMON = 50
/** Characters of a title that are read. */
const LONGEST = 500
const WORDS = /[\p{L}\p{N}]+/gu
/** Scripts that write no space between words: two neighbouring characters stand for a word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu

/** Cosines of one title with others, by their indexes; those that share no word are left out. */
export type TitleSimilarity = (index: number) => Map<number, number>

/** How alike titles are: the cosine of their words, each weighted by `ln(titles / titles with it)` and counted once a title.
 * @param lenders Indexes of the titles that others are compared with.
 * @see Salton & Buckley (1988), Information Processing & Management 24(5).
 */
export function titleSimilarity(titles: readonly (string | null | undefined)[], lenders: readonly number[]): TitleSimilarity {
  const words = titles.map((title) => wordsOf(title ?? ""))
  const counts = new Map<string, number>()
  for (const own of words) for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1)
  const named = words.filter((own) => own.length > 0).length
  const common = Math.max(LEAST_COMMON, MOST_COMMON * named)
  const vectors = words.map((own) => {
    const weights = own.flatMap((word): [string, number][] => {
      const count = counts.get(word) ?? 0
      return count > common || count === named ? [] : [[word, Math.log(named / count)]]
    })
    const norm = Math.hypot(...weights.map(([, weight]) => weight))
    return weights.map(([word, weight]): [string, number] => [word, weight / norm])
  })
  const lent = new Map<string, [index: number, weight: number][]>()
  for (const index of lenders) {
    for (const [word, weight] of vectors[index] ?? []) {
      const listed = lent.get(word)
      if (listed) listed.push([index, weight])
      else lent.set(word, [[index, weight]])
    }
  }
  return (index) => {
    const cosines = new Map<number, number>()
    for (const [word, weight] of vectors[index] ?? []) {
      for (const [other, its] of lent.get(word) ?? []) if (other !== index) cosines.set(other, (cosines.get(other) ?? 0) + weight * its)
    }
    return cosines
  }
}

/** The words of a title, each once, in small letters. */
function wordsOf(title: string): string[] {
  const text = title.slice(0, LONGEST).normalize("NFKC").toLowerCase()
  const pairs = [...text.matchAll(UNSPACED)].flatMap(([run]) => {
    const characters = [...run]
    return characters.length === 1 ? characters : characters.slice(1).map((character, at) => `${characters[at]}${character}`)
  })
  return [...new Set([...(text.replace(UNSPACED, " ").match(WORDS) ?? []), ...pairs])]
}
