import { Column, Entity, PrimaryGeneratedColumn } from "typeorm"

/** A note that sales of a day were counted before the cleaning rules that need other lines had looked at them; removed once they have. */
@Entity({ name: "unjudged_day" })
export class UnjudgedDayEntity {
  @PrimaryGeneratedColumn("identity", { type: "bigint", primaryKeyConstraintName: "unjudged_day_pkey", generatedIdentity: "ALWAYS" }) id!: string
  @Column({ type: "date" }) day!: string
}
