import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** A forecast that somebody set by hand. Never deleted: it ends, and is compared with what happened. */
@Entity({ name: "demand_override" })
@Index("demand_override_variant", ["variantId", "toDay"])
export class DemandOverrideEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "demand_override_pkey" }) id!: string
  @Column({ name: "variant_id", type: "text" }) variantId!: string
  @Column({ name: "location_id", type: "text" }) locationId!: string
  @Column({ name: "from_day", type: "date" }) fromDay!: string
  @Column({ name: "to_day", type: "date" }) toDay!: string
  /** This or `factor` is set. */
  @Column({ name: "units_per_week", type: "double precision", nullable: true }) unitsPerWeek!: number | null
  @Column({ type: "double precision", nullable: true }) factor!: number | null
  @Column({ type: "text", nullable: true }) note!: string | null
  /** What the forecast said of its days when it was set. */
  @Column({ name: "forecast_units", type: "double precision" }) forecastUnits!: number
  /** What it says of them. */
  @Column({ name: "override_units", type: "double precision" }) overrideUnits!: number
  /** Id of the user. */
  @Column({ name: "created_by", type: "text" }) createdBy!: string
  @Column({ name: "created_at", type: "timestamptz" }) createdAt!: Date
  @Column({ name: "ended_by", type: "text", nullable: true }) endedBy!: string | null
  @Column({ name: "ended_at", type: "timestamptz", nullable: true }) endedAt!: Date | null
  /** The shop's day on which it was ended by hand: from then on it says nothing. */
  @Column({ name: "ended_on", type: "date", nullable: true }) endedOn!: string | null
}
