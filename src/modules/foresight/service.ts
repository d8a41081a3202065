import type { Logger } from "@medusajs/framework/types"
import { createDataSource } from "../../database/data-source"
import { createStores } from "../../database/stores"
import type { Stores } from "../../database/stores"
import { shopIdOf } from "../../domain/workflow-ids"
import { defaultSettings } from "../../options"
import type { ForesightOptions } from "../../options"
import { erasePerson } from "../../shop/erase-person"
import { medusaShopReader } from "../../shop/medusa-shop-reader"
import { ProductCards } from "../../shop/product-cards"
import { ProductDirectory } from "../../shop/product-directory"
import type { ShopQuery } from "../../shop/shop-query"
import { ForesightClient } from "../../temporal/foresight-client"
import { AdviceDesk } from "./advice-desk"
import { Browsing } from "./browsing"
import { Carts } from "./carts"
import { DataDesk } from "./data-desk"
import { DemandDesk } from "./demand-desk"
import { EventBuffer } from "./event-buffer"
import { IntakeLimits } from "./intake-limits"
import { Orders } from "./orders"
import { People } from "./people"
import { pluginOptions } from "./plugin-options"
import { Newcomers } from "./newcomers"
import { Replacements } from "./replacements"
import { Shelf } from "./shelf"
import { StockNotes } from "./stock-notes"
import { ImportDesk } from "./import-desk"
import { Trainings } from "./trainings"

/** Composition root of the web process: wires stores, rules and the Temporal client. The work is in the parts; routes and subscribers call those. */
export default class ForesightModuleService {
  readonly options: ForesightOptions
  readonly shopId: string
  readonly stores: Stores
  readonly temporal: ForesightClient
  readonly directory = new ProductDirectory()
  readonly cards = new ProductCards()
  readonly browsing: Browsing
  readonly carts: Carts
  readonly orders: Orders
  readonly people: People
  readonly stockNotes: StockNotes
  readonly adviceDesk: AdviceDesk
  readonly dataDesk: DataDesk
  readonly demandDesk: DemandDesk
  readonly newcomers: Newcomers
  readonly replacements: Replacements
  readonly trainings: Trainings
  readonly imports: ImportDesk
  readonly shelf: Shelf
  private readonly eventBuffer: EventBuffer
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
    const { durable, flushIntervalMs, bufferEvents, eventsPerMinuteAndKey, eventsPerMinuteAndVisitor } = options.ingest
    this.eventBuffer = new EventBuffer(this.stores.events, { durable, flushIntervalMs, capacity: bufferEvents }, (message) => logger.warn(message))
    const limits = new IntakeLimits({ perKey: eventsPerMinuteAndKey, perVisitor: eventsPerMinuteAndVisitor })
    this.browsing = new Browsing(this.eventBuffer, limits, this.directory, options.timezone, now)
    this.people = new People(this.stores.identities, { linkGuestsByEmail: options.linkGuestsByEmail }, now)
    this.carts = new Carts(this.stores.carts, this.people, options.timezone, now, Math.max(1, Math.floor(options.databasePoolSize / 2)))
    this.stockNotes = new StockNotes(this.stores.stock, options.timezone, now)
    this.orders = new Orders(this.stores, this.temporal, { timeZone: options.timezone, retrainAfterOrders: options.retrainAfterOrders }, now, (message) => logger.warn(message))
    this.adviceDesk = new AdviceDesk(this.stores, defaultSettings(options), options.timezone, now)
    this.dataDesk = new DataDesk(this.stores, this.temporal, options.timezone, now)
    this.demandDesk = new DemandDesk(this.stores, this.adviceDesk, defaultSettings(options), options.timezone, now)
    this.newcomers = new Newcomers(this.stores, defaultSettings(options))
    this.replacements = new Replacements(this.stores, options.timezone, now)
    this.imports = new ImportDesk(this.stores, this.temporal, options.timezone, now)
    this.trainings = new Trainings(this.stores.trainingRuns, this.temporal)
    this.shelf = new Shelf(this.stores, this.directory, this.cards, now)
  }

  /** Opens the connection pool; a second call does nothing. */
  async open(): Promise<void> {
    if (!this.dataSource.isInitialized) await this.dataSource.initialize()
  }

  /** Stores the events still held and closes both connections; open requests are let finish by Medusa before. */
  async close(): Promise<void> {
    await this.eventBuffer.close()
    await this.temporal.close()
    if (this.dataSource.isInitialized) await this.dataSource.destroy()
  }

  /** Erases a customer's events and lists; sales stay without the person. */
  async eraseCustomer(query: ShopQuery, customerId: string): Promise<void> {
    await erasePerson({ events: this.stores.events, reader: medusaShopReader(query) }, customerId)
    this.shelf.forgetCustomer(customerId)
  }
}
