import { Column, Entity, PrimaryColumn } from "typeorm"

/** How far one walk over the shop's rows has come. */
@Entity({ name: "reconcile_cursor" })
export class ReconcileCursorEntity {
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "reconcile_cursor_pkey" }) name!: string
  @Column({ name: "updated_at", type: "timestamptz" }) updatedAt!: Date
  @Column({ name: "last_id", type: "text" }) lastId!: string
}
