import { Column, Entity, Index, PrimaryColumn } from "typeorm"

/** A variant that took another's place. Never deleted: it ends. While it holds, a variant has one successor and one predecessor at most. */
@Entity({ name: "variant_replacement" })
@Index("variant_replacement_successor", ["variantId"], { unique: true, where: "ended_at IS NULL" })
@Index("variant_replacement_replaced", ["replacedVariantId"], { unique: true, where: "ended_at IS NULL" })
export class VariantReplacementEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "variant_replacement_pkey" }) id!: string
  /** The one that inherits. */
  @Column({ name: "variant_id", type: "text" }) variantId!: string
  @Column({ name: "replaced_variant_id", type: "text" }) replacedVariantId!: string
  /** First day of the shop on which it stands in the other's place. */
  @Column({ name: "from_day", type: "date" }) fromDay!: string
  /** Id of the user. */
  @Column({ name: "created_by", type: "text" }) createdBy!: string
  @Column({ name: "created_at", type: "timestamptz" }) createdAt!: Date
  @Column({ name: "ended_by", type: "text", nullable: true }) endedBy!: string | null
  @Column({ name: "ended_at", type: "timestamptz", nullable: true }) endedAt!: Date | null
}
