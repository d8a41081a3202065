import { Column, Entity, PrimaryColumn } from "typeorm"

/** One name of an imported file and what the shop knows it as, looked up once an import; emptied with its staged lines. */
@Entity({ name: "import_name" })
export class ImportNameEntity {
  @PrimaryColumn({ name: "import_id", type: "uuid", primaryKeyConstraintName: "import_name_pkey" }) importId!: string
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "import_name_pkey" }) kind!: "sku" | "product" | "customer" | "location" | "sales_channel"
  @PrimaryColumn({ type: "text", primaryKeyConstraintName: "import_name_pkey" }) name!: string
  /** Variant, product, customer, location or channel; `null`: the shop has no such name. */
  @Column({ type: "text", nullable: true }) id!: string | null
  /** Of a SKU its product, of a product its only variant, of an unknown customer the pseudonym. */
  @Column({ name: "other_id", type: "text", nullable: true }) otherId!: string | null
}
