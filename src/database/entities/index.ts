import { AdviceSettingEntity } from "./advice-setting.entity"
import { AdviceEntity } from "./advice.entity"
import { CartLineEntity } from "./cart-line.entity"
import { CustomerVectorEntity } from "./customer-vector.entity"
import { DemandDayEntity } from "./demand-day.entity"
import { DemandTouchedEntity } from "./demand-touched.entity"
import { EventEntity } from "./event.entity"
import { ExcludedLineEntity } from "./excluded-line.entity"
import { ForecastEntity } from "./forecast.entity"
import { ImportReportEntity } from "./import-report.entity"
import { ImportStagingEntity } from "./import-staging.entity"
import { ItemNeighbourEntity } from "./item-neighbour.entity"
import { ModelVersionEntity } from "./model-version.entity"
import { PopularProductEntity } from "./popular-product.entity"
import { ProtectionForecastEntity } from "./protection-forecast.entity"
import { ReconcileCursorEntity } from "./reconcile-cursor.entity"
import { StockDayEntity } from "./stock-day.entity"
import { TrainingCheckpointEntity } from "./training-checkpoint.entity"
import { TrainingRunEntity } from "./training-run.entity"

/** Every table of the schema; the migrations are checked against this list. */
export const entities = [
  AdviceSettingEntity,
  AdviceEntity,
  CartLineEntity,
  CustomerVectorEntity,
  DemandDayEntity,
  DemandTouchedEntity,
  EventEntity,
  ExcludedLineEntity,
  ForecastEntity,
  ImportReportEntity,
  ImportStagingEntity,
  ItemNeighbourEntity,
  ModelVersionEntity,
  PopularProductEntity,
  ProtectionForecastEntity,
  ReconcileCursorEntity,
  StockDayEntity,
  TrainingCheckpointEntity,
  TrainingRunEntity,
]
