import { AdviceSettingEntity } from "./advice-setting.entity"
import { AdviceEntity } from "./advice.entity"
import { CartLineEntity } from "./cart-line.entity"
import { CustomerVectorEntity } from "./customer-vector.entity"
import { DemandDayEntity } from "./demand-day.entity"
import { DemandTouchedEntity } from "./demand-touched.entity"
import { EventEntity } from "./event.entity"
import { ExcludedLineEntity } from "./excluded-line.entity"
import { ForecastEntity } from "./forecast.entity"
import { ImportNameEntity } from "./import-name.entity"
import { ImportRefusalEntity } from "./import-refusal.entity"
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
import { CurrencyRateEntity } from "./currency-rate.entity"
import { IdentityEntity } from "./identity.entity"
import { PriceChangeEntity } from "./price-change.entity"
import { PromotionPeriodEntity } from "./promotion-period.entity"
import { OrderSetAsideEntity } from "./order-set-aside.entity"
import { ReconcileReportEntity } from "./reconcile-report.entity"
import { CleaningSettingEntity } from "./cleaning-setting.entity"
import { EventCountDayEntity } from "./event-count-day.entity"
import { StockChangeEntity } from "./stock-change.entity"
import { UnjudgedDayEntity } from "./unjudged-day.entity"
import { DemandOverrideEntity } from "./demand-override.entity"
import { DemandSeriesEntity } from "./demand-series.entity"
import { ForecastHistoryEntity } from "./forecast-history.entity"
import { NewcomerEntity } from "./newcomer.entity"
import { PriceResponseEntity } from "./price-response.entity"
import { VariantReplacementEntity } from "./variant-replacement.entity"

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
  ImportNameEntity,
  ImportRefusalEntity,
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
  CurrencyRateEntity,
  IdentityEntity,
  PriceChangeEntity,
  PromotionPeriodEntity,
  ReconcileReportEntity,
  OrderSetAsideEntity,
  CleaningSettingEntity,
  EventCountDayEntity,
  StockChangeEntity,
  UnjudgedDayEntity,
  DemandSeriesEntity,
  ForecastHistoryEntity,
  DemandOverrideEntity,
  VariantReplacementEntity,
  PriceResponseEntity,
  NewcomerEntity,
]
