import { Column, Entity, PrimaryColumn } from "typeorm"

/** How many events of one kind one source had on one day. A row with empty source and name stands for the whole day and says that it was counted. */
@Entity({ name: "event_count_day" })
export class EventCountDayEntity {
  @PrimaryColumn({ type: "date", primaryKeyConstraintName: "event_count_day_pkey" }) day!: string
  /** `medusa`, `storefront` or `import`. */
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "event_count_day_pkey" }) source!: string
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "event_count_day_pkey" }) name!: string
  @Column({ type: "integer" }) events!: number
  /** When the last of them was stored. */
  @Column({ name: "last_at", type: "timestamptz", nullable: true }) lastAt!: Date | null
  @Column({ name: "counted_at", type: "timestamptz" }) countedAt!: Date
}
