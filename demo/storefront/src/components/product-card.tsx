import { Link } from "react-router-dom"
import { money } from "../money"
import { Picture } from "./picture"

/** What brought a visitor to a product; travels with the link. */
export interface CameFrom {
  recommendationId?: string
}

interface ProductCardProps {
  title: string
  handle: string | null
  thumbnail: string | null
  price: { amount: number; currency: string } | null
  note?: string
  cameFrom?: CameFrom
  /** Spread on the link: what the shelf or list needs to report. */
  report?: { ref?: (element: Element | null) => void; onClick?: () => void; onAuxClick?: (event: { button: number }) => void }
}

/** One product in a list; the whole card is one link. */
export function ProductCard({ title, handle, thumbnail, price, note, cameFrom, report }: ProductCardProps) {
  return (
    <Link className="card" data-testid="product-card" to={`/products/${handle ?? ""}`} state={cameFrom} {...report}>
      <Picture title={title} thumbnail={thumbnail} />
      <span className="card-title">{title}</span>
      {price && <span className="card-price">{money(price.amount, price.currency)}</span>}
      {note && <small className="card-note">{note}</small>}
    </Link>
  )
}
