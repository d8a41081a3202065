/** When in the year a category sells: `summer` peaks in June, `winter` in January, `gift` before Christmas. */
export type Season = "summer" | "winter" | "gift" | "flat"

export interface LeafPlan {
  title: string
  nouns: readonly string[]
  option: readonly [title: string, ...values: string[]]
  /** Euro, of the smallest variant. */
  price: readonly [low: number, high: number]
  /** Grams, of the smallest variant. */
  weight: readonly [low: number, high: number]
  season: Season
  /** Used up and bought again. */
  consumable?: boolean
}

const leaf = (
  title: string,
  nouns: string,
  option: readonly [string, ...string[]],
  price: readonly [number, number],
  weight: readonly [number, number],
  season: Season,
  consumable = false
): LeafPlan => ({ title, nouns: nouns.split("|"), option, price, weight, season, consumable })

const bag = ["Size", "250 g", "500 g", "1 kg"] as const
const tin = ["Size", "75 g", "150 g"] as const
const colour = ["Colour", "Sand", "Slate", "Moss", "Clay", "Ink"] as const
const size = ["Size", "S", "M", "L"] as const
const scent = ["Scent", "Cedar", "Citrus", "Lavender"] as const
const volume = ["Volume", "250 ml", "500 ml"] as const

/** What the shop sells: six departments with six categories each. */
export const ASSORTMENT: Record<string, readonly LeafPlan[]> = {
  "Coffee & Tea": [
    leaf("Coffee Beans", "Espresso Beans|Filter Roast|House Blend|Single Origin Beans|Decaf Beans", bag, [7, 13], [250, 260], "winter", true),
    leaf("Loose Tea", "Earl Grey|Green Sencha|Rooibos|Breakfast Tea|Mint Tea", tin, [4, 9], [75, 90], "winter", true),
    leaf("Brewing Gear", "Pour-over Dripper|French Press|Moka Pot|Gooseneck Kettle|Cold Brew Jug", colour, [18, 65], [300, 1200], "gift"),
    leaf("Grinders", "Hand Grinder|Burr Grinder|Spice Grinder|Travel Grinder", colour, [29, 119], [500, 2500], "gift"),
    leaf("Filters & Care", "Paper Filters|Cloth Filters|Descaler|Brush Set|Cleaning Tablets", ["Pack", "40", "100"], [3, 8], [60, 200], "flat", true),
    leaf("Mugs & Cups", "Stoneware Mug|Espresso Cup|Travel Mug|Tea Bowl|Latte Glass", colour, [8, 24], [200, 450], "gift"),
  ],
  Kitchen: [
    leaf("Knives", "Chef Knife|Bread Knife|Paring Knife|Knife Sharpener|Santoku", size, [19, 89], [80, 350], "gift"),
    leaf("Cookware", "Frying Pan|Saucepan|Cast Iron Pot|Wok|Grill Pan", size, [29, 129], [900, 4500], "winter"),
    leaf("Baking", "Loaf Tin|Rolling Pin|Mixing Bowl|Pie Dish|Proofing Basket", size, [9, 34], [200, 900], "winter"),
    leaf("Kitchen Tools", "Wooden Spoon|Peeler|Whisk|Kitchen Scale|Grater", colour, [4, 24], [40, 600], "flat"),
    leaf("Storage", "Glass Jar|Lunch Box|Bread Bin|Vacuum Box|Spice Rack", size, [6, 39], [200, 1500], "flat"),
    leaf("Spices & Oil", "Olive Oil|Smoked Paprika|Sea Salt|Pepper Mix|Chili Flakes", ["Size", "100 g", "250 g"], [3, 12], [110, 140], "flat", true),
  ],
  "Table & Living": [
    leaf("Plates & Bowls", "Dinner Plate|Breakfast Plate|Soup Bowl|Serving Bowl|Pasta Plate", colour, [7, 28], [350, 900], "gift"),
    leaf("Glassware", "Water Glass|Wine Glass|Carafe|Tumbler|Champagne Flute", ["Set", "2 pieces", "6 pieces"], [9, 32], [300, 700], "gift"),
    leaf("Table Linen", "Linen Napkin|Table Runner|Tablecloth|Placemat", colour, [6, 45], [60, 700], "gift"),
    leaf("Candles", "Scented Candle|Pillar Candle|Tea Lights|Dinner Candles", scent, [5, 22], [120, 600], "gift", true),
    leaf("Cushions & Throws", "Wool Throw|Linen Cushion|Cotton Blanket|Floor Cushion", colour, [24, 89], [500, 2000], "winter"),
    leaf("Vases", "Bud Vase|Glass Vase|Stoneware Vase|Floor Vase", colour, [12, 49], [300, 2500], "flat"),
  ],
  "Garden & Outdoor": [
    leaf("Planters", "Terracotta Pot|Hanging Planter|Window Box|Zinc Planter", size, [7, 45], [400, 3500], "summer"),
    leaf("Seeds", "Tomato Seeds|Wildflower Mix|Basil Seeds|Lettuce Seeds|Sunflower Seeds", ["Pack", "Single", "Trio"], [2.5, 5], [10, 20], "summer", true),
    leaf("Garden Tools", "Hand Trowel|Pruning Shears|Garden Fork|Dibber|Weeder", colour, [9, 39], [150, 900], "summer"),
    leaf("Watering", "Watering Can|Plant Mister|Hose Nozzle|Drip Set", colour, [9, 34], [200, 1200], "summer"),
    leaf("Barbecue", "Charcoal Grill|Grill Tongs|Smoking Chips|Grill Basket|Fire Starters", size, [6, 79], [300, 6000], "summer"),
    leaf("Picnic", "Picnic Blanket|Cooler Bag|Enamel Plate|Insulated Bottle|Picnic Basket", colour, [9, 59], [200, 1800], "summer"),
  ],
  Stationery: [
    leaf("Notebooks", "Soft Notebook|Pocket Notebook|Sketchbook|Weekly Planner|Recipe Book", ["Ruling", "Plain", "Dotted"], [6, 24], [120, 500], "flat", true),
    leaf("Pens & Pencils", "Fountain Pen|Gel Pen|Pencil Set|Brush Pen|Fineliner", colour, [2.5, 39], [15, 80], "flat"),
    leaf("Desk", "Desk Tray|Pen Holder|Desk Lamp|Bookends|Desk Pad", colour, [12, 79], [300, 1800], "flat"),
    leaf("Cards & Paper", "Greeting Cards|Letter Paper|Gift Wrap|Envelopes", ["Pack", "5", "12"], [3, 12], [50, 200], "gift", true),
    leaf("Ink & Refills", "Bottled Ink|Pen Refill|Ink Cartridges|Lead Refill", ["Colour", "Black", "Blue"], [2.5, 16], [20, 150], "flat", true),
    leaf("Calendars", "Wall Calendar|Desk Calendar|Family Planner|Advent Calendar", size, [9, 24], [150, 500], "gift"),
  ],
  "Bath & Care": [
    leaf("Soap", "Olive Soap|Shaving Soap|Hand Soap|Soap Bar|Scrub Soap", scent, [4, 9], [90, 130], "flat", true),
    leaf("Towels", "Bath Towel|Hand Towel|Hammam Towel|Guest Towel", colour, [9, 45], [150, 700], "flat"),
    leaf("Skin Care", "Hand Cream|Body Lotion|Face Oil|Lip Balm|Shea Butter", volume, [6, 29], [60, 300], "winter", true),
    leaf("Hair Care", "Shampoo|Conditioner|Shampoo Bar|Hair Oil|Wooden Comb", volume, [6, 19], [80, 300], "flat", true),
    leaf("Bath Accessories", "Soap Dish|Bath Mat|Toothbrush Cup|Back Brush|Shower Caddy", colour, [7, 39], [120, 1200], "flat"),
    leaf("Home Fragrance", "Room Spray|Reed Diffuser|Incense Sticks|Linen Spray", scent, [8, 29], [150, 400], "gift", true),
  ],
}

export const MAKERS =
  "Harbour|Fjell|Linden|Juniper|Solstice|Brook|Alder|Ember|Tide|Marlow|Quarry|Sparrow|Thistle|Orchard|Meadow|Anchor|Birch|Copper|Dune|Lantern".split("|")

export const FIRST_NAMES = [
  "Alex Robin Sam Kim Charlie Jamie Taylor Jordan Morgan Casey Riley Avery Quinn Rowan Sascha Noa Toni Luca Mika Eden Jules Kai Remy",
  "Sky Nico Ariel Dana Jess Lee Max",
].flatMap((names) => names.split(" "))
export const LAST_NAMES = [
  "Berg Costa Dubois Evans Fischer Garcia Hansen Ivanov Jansen Keller Lindqvist Moreau Novak Okafor Petrov Quist Rossi Silva Tanaka",
  "Ueda Vargas Weber Xu Yilmaz Zeman Ahmed Brandt Chen Dahl Eriksen Fabre Greco Haas Ito Jovic Kaya Lopez Meyer Nagy Olsen",
].flatMap((names) => names.split(" "))
