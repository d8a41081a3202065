import { Column, Entity, PrimaryColumn } from "typeorm"
import type { RecommendationSource } from "../../domain/recommending/types"

/** The products that go with one product by one model version, best first; the lists have the same length. */
@Entity({ name: "item_neighbour" })
export class ItemNeighbourEntity {
  @PrimaryColumn({ name: "model_version_id", type: "uuid", primaryKeyConstraintName: "item_neighbour_pkey" }) modelVersionId!: string
  @PrimaryColumn({ name: "product_id", type: "text", primaryKeyConstraintName: "item_neighbour_pkey" }) productId!: string
  @Column({ name: "neighbour_ids", type: "text", array: true }) neighbourIds!: string[]
  @Column({ type: "real", array: true }) scores!: number[]
  @Column({ type: "text", array: true }) sources!: RecommendationSource[]
}
