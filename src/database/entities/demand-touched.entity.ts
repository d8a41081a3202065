import { Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm"

/** A note that the demand of a day must be counted again. Notes are only added and, once counted, removed: writers never wait for each other. */
@Entity({ name: "demand_touched" })
@Index("demand_touched_day", ["day"])
export class DemandTouchedEntity {
  @PrimaryGeneratedColumn("identity", { type: "bigint", primaryKeyConstraintName: "demand_touched_pkey", generatedIdentity: "ALWAYS" }) id!: string
  @Column({ type: "date" }) day!: string
}
