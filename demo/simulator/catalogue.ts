import { addDays, type Day } from "../../src/domain/day"
import { ASSORTMENT, MAKERS, type LeafPlan } from "./assortment"
import type { Random } from "./random"
import type { DemandStyle, SimulatedCategory, SimulatedKit, SimulatedProduct, SimulatedSupply } from "./types"

/** One variant as the simulation sees it. */
export interface CatalogueVariant {
  index: number
  sku: string
  product: SimulatedProduct
  price: number
  leaf: number
  style: DemandStyle
  /** Day index of the first possible sale. */
  launch: number
  /** Units a line that a customer buys at once, on average. */
  lineSize: number
  kit: { variant: number; quantity: number }[]
  leadTimeDays: number
  packSize: number
}

export interface Catalogue {
  categories: SimulatedCategory[]
  leaves: (LeafPlan & { handle: string })[]
  products: SimulatedProduct[]
  variants: CatalogueVariant[]
  /** Indices of variants bought together. */
  groups: number[][]
  kits: SimulatedKit[]
  supply: SimulatedSupply[]
}

const handleOf = (title: string) => title.toLowerCase().replace(/&/g, "and").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")
const shopPrice = (price: number) => (price < 10 ? Math.max(0.95, Math.round(price * 2) / 2 - 0.05) : Math.max(1, Math.round(price)) - 0.05)
const cents = (price: number) => Math.round(price * 100) / 100
const SUPPLIERS = [
  { supplier: "Norrland Trading", leadTimeDays: 7 },
  { supplier: "Casa Atlântica", leadTimeDays: 14 },
  { supplier: "Kraft & Söhne", leadTimeDays: 10 },
  { supplier: "Eastern Kilns", leadTimeDays: 35 },
  { supplier: "Green Valley Coop", leadTimeDays: 4 },
  { supplier: "Mistral Import", leadTimeDays: 21 },
]

/** Categories, products, variants, kits and groups for about `count` variants (exactly, kits included). */
export function createCatalogue(random: Random, count: number, days: number, asOf: Day): Catalogue {
  const leaves: Catalogue["leaves"] = []
  const categories: SimulatedCategory[] = []
  const parents: string[] = []
  // A small shop keeps to few categories, so that each still has several products.
  const most = Math.max(4, Math.ceil(count / 8))
  for (const [department, plans] of Object.entries(ASSORTMENT)) {
    if (leaves.length >= most) break
    categories.push({ handle: handleOf(department), title: department, parent: null })
    for (const plan of plans.slice(0, most - leaves.length)) {
      leaves.push({ ...plan, handle: handleOf(plan.title) })
      parents.push(handleOf(department))
      categories.push({ handle: handleOf(plan.title), title: plan.title, parent: handleOf(department) })
    }
  }
  const kitCount = Math.max(1, Math.round(count / 50))
  const catalogue: Catalogue = { categories, leaves, products: [], variants: [], groups: [], kits: [], supply: [] }
  const titles = new Set<string>()
  const order = random.shuffle([...leaves.keys()])
  for (let turn = 0; catalogue.variants.length < count - kitCount; turn += 1) {
    const leafIndex = order[turn % order.length] as number
    const plan = leaves[leafIndex] as LeafPlan
    const title = `${random.pick(MAKERS)} ${random.pick(plan.nouns)}`
    if (titles.has(title)) continue
    titles.add(title)
    const room = count - kitCount - catalogue.variants.length
    const most = Math.min(room, random.weighted([0.58, 0.27, 0.15]) + 1)
    addProduct(catalogue, random, { leafIndex, plan, parent: parents[leafIndex] as string, title, most, days, asOf })
  }
  addGroups(catalogue, random)
  addKits(catalogue, random, kitCount, parents, asOf, days)
  return catalogue
}

interface ProductPlan {
  leafIndex: number
  plan: LeafPlan
  parent: string
  title: string
  /** Most variants. */
  most: number
  days: number
  asOf: Day
}

function addProduct(catalogue: Catalogue, random: Random, { leafIndex, plan, parent, title, most, days, asOf }: ProductPlan): void {
  const [optionTitle, ...values] = plan.option
  const chosen = values.slice(0, Math.min(most, values.length))
  const style = (["regular", "slow", "lumpy", "newcomer"] as const)[random.weighted([0.68, 0.17, 0.1, 0.05])] as DemandStyle
  // Newcomers came in the last eight weeks (of a short history: its last third); some others during the history.
  const recent = () => days - random.whole(Math.min(10, Math.ceil(days / 6)), Math.min(56, Math.ceil(days / 3)))
  const earlier = () => (random.chance(0.12) ? random.whole(1, Math.floor(days / 2)) : 0)
  const launch = style === "newcomer" ? recent() : earlier()
  const source = random.pick(SUPPLIERS)
  const told = random.chance(0.6)
  const base = random.between(...plan.price)
  const weight = random.between(...plan.weight)
  const number = String(catalogue.products.length + 1).padStart(3, "0")
  const code = `${handleOf(plan.title).slice(0, 3)}-${handleOf(title).slice(0, 3)}-${number}`.toUpperCase()
  const grows = ["Size", "Pack", "Volume", "Set"].includes(optionTitle)
  const product: SimulatedProduct = {
    title,
    handle: handleOf(title),
    description: `${title}, from our range ${plan.title.toLowerCase()}. Made to last, chosen by people who use it every day.`,
    categories: [handleOf(plan.title), parent],
    options: [{ title: optionTitle, values: chosen }],
    variants: [],
    launchedOn: addDays(asOf, launch - days + 1),
  }
  for (const [step, value] of chosen.entries()) {
    const sku = `${code}-${step + 1}`
    const price = cents(shopPrice(base * (grows ? 1.7 ** step : 1)))
    const packSize = random.pick([1, 1, 6, 12])
    product.variants.push({ sku, title: value, options: { [optionTitle]: value }, price, weight: Math.round(weight * (grows ? 1.9 ** step : 1)) })
    catalogue.variants.push({
      index: catalogue.variants.length,
      sku,
      product,
      price,
      leaf: leafIndex,
      style,
      launch,
      lineSize: style === "lumpy" ? random.between(3, 6) : plan.consumable ? random.between(1.2, 1.6) : random.between(1.02, 1.2),
      kit: [],
      leadTimeDays: source.leadTimeDays,
      packSize,
    })
    if (told) catalogue.supply.push({ sku, ...source, packSize })
  }
  catalogue.products.push(product)
}

/** Three variants of different products in one department, all of them steady sellers. */
function addGroups(catalogue: Catalogue, random: Random): void {
  const free = random.shuffle(catalogue.variants.filter(({ style, launch }) => style === "regular" && launch === 0))
  for (const department of new Set(free.map(({ product }) => product.categories[1]))) {
    const members = free.filter(({ product }) => product.categories[1] === department)
    const distinct = [...new Map(members.map((variant) => [variant.product.handle, variant])).values()]
    const most = Math.max(1, Math.floor(distinct.length / 6))
    for (let group = 0; group < most && (group + 1) * 3 <= distinct.length; group += 1) {
      catalogue.groups.push(distinct.slice(group * 3, group * 3 + 3).map(({ index }) => index))
    }
  }
}

/** Sets made of members of one group: one unit takes 1–3 units of each component. */
function addKits(catalogue: Catalogue, random: Random, count: number, parents: readonly string[], asOf: Day, days: number): void {
  const steady = catalogue.variants.filter(({ style, launch }) => style === "regular" && launch === 0)
  for (let number = 0; number < count; number += 1) {
    const group = catalogue.groups[number % Math.max(1, catalogue.groups.length)]
    const members = (group ?? steady.slice(0, 2).map(({ index }) => index)).map((index) => catalogue.variants[index] as CatalogueVariant)
    const chosen = members.slice(0, random.whole(2, Math.min(3, members.length)))
    const components = chosen.map((member) => ({ member, quantity: member.price < 12 ? random.whole(1, 3) : 1 }))
    const first = (components[0] as (typeof components)[number]).member
    const title = `${first.product.title} Starter Set ${number + 1}`
    const sku = `SET-${String(number + 1).padStart(3, "0")}`
    const price = cents(shopPrice(components.reduce((sum, { member, quantity }) => sum + member.price * quantity, 0) * 0.9))
    const weightOf = ({ product, sku }: CatalogueVariant) => product.variants.find((variant) => variant.sku === sku)?.weight ?? 0
    const weight = components.reduce((sum, { member, quantity }) => sum + quantity * weightOf(member), 0)
    const product: SimulatedProduct = {
      title,
      handle: handleOf(title),
      description: `A set to begin with: ${components.map(({ member, quantity }) => `${quantity} × ${member.product.title}`).join(", ")}.`,
      categories: [(catalogue.leaves[first.leaf] as { handle: string }).handle, parents[first.leaf] as string],
      options: [{ title: "Set", values: ["Complete"] }],
      variants: [{ sku, title: "Complete", options: { Set: "Complete" }, price, weight }],
      launchedOn: addDays(asOf, 1 - days),
    }
    catalogue.products.push(product)
    catalogue.kits.push({ sku, components: components.map(({ member, quantity }) => ({ sku: member.sku, quantity })) })
    catalogue.variants.push({
      ...first,
      index: catalogue.variants.length,
      sku,
      product,
      price,
      style: "regular",
      lineSize: 1.05,
      kit: components.map(({ member, quantity }) => ({ variant: member.index, quantity })),
    })
  }
}
