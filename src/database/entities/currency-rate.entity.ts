import { Column, Entity, PrimaryColumn } from "typeorm"

/** What one unit of a currency was worth in another from a day on. */
@Entity({ name: "currency_rate" })
export class CurrencyRateEntity {
  @PrimaryColumn({ type: "date", primaryKeyConstraintName: "currency_rate_pkey" }) day!: string
  /** Lower-case ISO 4217. */
  @PrimaryColumn({ name: "from_currency", type: "text", primaryKeyConstraintName: "currency_rate_pkey" }) from!: string
  @PrimaryColumn({ name: "to_currency", type: "text", primaryKeyConstraintName: "currency_rate_pkey" }) to!: string
  @Column({ type: "double precision" }) rate!: number
  /** Who says so, e.g. `ECB`. */
  @Column({ type: "text" }) source!: string
  @Column({ name: "recorded_at", type: "timestamptz", default: () => "now()" }) recordedAt!: Date
}
