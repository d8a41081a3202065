import { Initial1763769600000 } from "./1763769600000-initial"
import { Ingest1763856000000 } from "./1763856000000-ingest"
import { Imports1763856100000 } from "./1763856100000-imports"
import { Cleaning1763856200000 } from "./1763856200000-cleaning"
import { ShopSignals1763856300000 } from "./1763856300000-shop-signals"
import { OrdersSetAside1763856400000 } from "./1763856400000-orders-set-aside"
import { DemandWindows1763856500000 } from "./1763856500000-demand-windows"
import { ForecastReasons1763856600000 } from "./1763856600000-forecast-reasons"
import { NewAndChangedItems1763856700000 } from "./1763856700000-new-and-changed-items"
import { ReplayedForecasts1763856800000 } from "./1763856800000-replayed-forecasts"
import { DemandByDay1763856900000 } from "./1763856900000-demand-by-day"
import { AllCategories1763857000000 } from "./1763857000000-all-categories"
import { DemandEnsembles1763857100000 } from "./1763857100000-demand-ensembles"
import { Newcomers1763857200000 } from "./1763857200000-newcomers"
import { PromotionsDeactivated1763857300000 } from "./1763857300000-promotions-deactivated"
import { PromotionsActiveFrom1763857400000 } from "./1763857400000-promotions-active-from"

/** All migrations, oldest first; listed by hand, so that the bundle and the tests run the same ones. */
export const migrations = [
  Initial1763769600000,
  Ingest1763856000000,
  Imports1763856100000,
  Cleaning1763856200000,
  ShopSignals1763856300000,
  OrdersSetAside1763856400000,
  DemandWindows1763856500000,
  ForecastReasons1763856600000,
  NewAndChangedItems1763856700000,
  ReplayedForecasts1763856800000,
  DemandByDay1763856900000,
  AllCategories1763857000000,
  DemandEnsembles1763857100000,
  Newcomers1763857200000,
  PromotionsDeactivated1763857300000,
  PromotionsActiveFrom1763857400000,
]
