/** A number from 0 to 359 that stays the same for the same text. */
const hueOf = (text: string): number => Array.from(text).reduce((hue, letter) => (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7)

/** A product's picture; the simulated shop has none, so a colour and an initial stand in. */
export function Picture({ title, thumbnail }: { title: string; thumbnail: string | null }) {
  if (thumbnail) return <img className="picture" src={thumbnail} alt="" loading="lazy" />
  const words = title.split(" ")
  return (
    <span className="picture" aria-hidden="true" style={{ "--hue": hueOf(title) } as React.CSSProperties}>
      {(words[1] ?? words[0] ?? "?").slice(0, 1)}
    </span>
  )
}
