import { Column, Entity, PrimaryColumn } from "typeorm"

/** One stored setting of the cleaning rules, changed in the admin. */
@Entity({ name: "cleaning_setting" })
export class CleaningSettingEntity {
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "cleaning_setting_pkey" }) name!: string
  @Column({ type: "jsonb" }) value!: unknown
  /** Id of the user. */
  @Column({ name: "changed_by", type: "text", nullable: true }) changedBy!: string | null
  @Column({ name: "changed_at", type: "timestamptz" }) changedAt!: Date
  /** When all stored lines were last judged by it; older than `changedAt`: they are still to be. */
  @Column({ name: "applied_at", type: "timestamptz", nullable: true }) appliedAt!: Date | null
}
