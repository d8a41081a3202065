import type { Logger } from "@medusajs/framework/types"
import { createDataSource } from "../../database/data-source"
import { createStores } from "../../database/stores"
import type { Stores } from "../../database/stores"
import { shopIdOf } from "../../domain/workflow-ids"
import { defaultSettings } from "../../options"
import type { ForesightOptions } from "../../options"
import { ProductDirectory } from "../../shop/product-directory"
import { ForesightClient } from "../../temporal/foresight-client"
import { AdviceDesk } from "./advice-desk"
import { Browsing } from "./browsing"
import { Carts } from "./carts"
import { Orders } from "./orders"
import { pluginOptions } from "./plugin-options"
import { Shelf } from "./shelf"
import { Trainings } from "./trainings"

/** Composition root of the web process: wires stores, rules and the Temporal client. The work is in the parts; routes and subscribers call those. */
export default class ForesightModuleService {
  readonly options: ForesightOptions
  readonly shopId: string
  readonly stores: Stores
  readonly temporal: ForesightClient
  readonly directory = new ProductDirectory()
  readonly browsing: Browsing
  readonly carts: Carts
  readonly orders: Orders
  readonly adviceDesk: AdviceDesk
  readonly trainings: Trainings
  readonly shelf: Shelf
  private readonly dataSource: ReturnType<typeof createDataSource>

  /** Medusa calls these at start and shutdown, also under `medusa exec` and `db:migrate`: no Temporal worker may start here. */
  readonly __hooks = {
    onApplicationStart: async () => {
      await this.open()
    },
    onApplicationShutdown: async () => {
      await this.close()
    },
  }

  constructor({ logger }: { logger: Logger }, raw: Record<string, unknown>) {
    const { options, databaseUrl, ssl } = pluginOptions(raw)
    const now = () => new Date()
    this.options = options
    this.shopId = shopIdOf(options.shopId, databaseUrl)
    this.dataSource = createDataSource({
      url: databaseUrl,
      ...(ssl !== undefined && { ssl }),
      poolSize: options.databasePoolSize,
      applicationName: "medusa-foresight-web",
      lockTimeoutMs: options.lockTimeoutMs,
    })
    this.stores = createStores(this.dataSource)
    this.temporal = new ForesightClient({ temporal: options.temporal, shopId: this.shopId })
    this.browsing = new Browsing(this.stores.events, this.directory, options.timezone, now)
    this.carts = new Carts(this.stores.carts, this.stores.events, options.timezone, now)
    this.orders = new Orders(this.stores, this.temporal, { timeZone: options.timezone, retrainAfterOrders: options.retrainAfterOrders }, (message) => logger.warn(message))
    this.adviceDesk = new AdviceDesk(this.stores, defaultSettings(options), options.timezone, now)
    this.trainings = new Trainings(this.stores.trainingRuns, this.temporal)
    this.shelf = new Shelf(this.stores, this.directory, now)
  }

  /** Opens the connection pool; a second call does nothing. */
  async open(): Promise<void> {
    if (!this.dataSource.isInitialized) await this.dataSource.initialize()
  }

  /** Closes both connections; open requests are let finish by Medusa before. */
  async close(): Promise<void> {
    await this.temporal.close()
    if (this.dataSource.isInitialized) await this.dataSource.destroy()
  }

  /** Erases a customer's events and lists; sales stay without the person. */
  async eraseCustomer(customerId: string): Promise<void> {
    await this.stores.events.eraseCustomer(customerId)
  }
}
