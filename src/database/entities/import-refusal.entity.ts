import { Column, Entity, PrimaryColumn } from "typeorm"

/** One line of an imported file that could not be read; kept for download, the first 10,000 of an import. */
@Entity({ name: "import_refusal" })
export class ImportRefusalEntity {
  @PrimaryColumn({ name: "import_id", type: "uuid", primaryKeyConstraintName: "import_refusal_pkey" }) importId!: string
  @PrimaryColumn({ type: "integer", primaryKeyConstraintName: "import_refusal_pkey" }) line!: number
  @Column({ name: "column_name", type: "text", nullable: true }) column!: string | null
  @Column({ type: "text" }) value!: string
  @Column({ type: "text" }) message!: string
}
