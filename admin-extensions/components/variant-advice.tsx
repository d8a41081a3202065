import { TriangleDownMini, TriangleRightMini } from "@medusajs/icons"
import { IconButton, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { ItemAdviceAnswer, ProductAdviceAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { ComputedBy } from "./computed-by"
import { LedgerTable } from "./ledger-table"
import { OrderByBadge } from "./order-by-badge"
import { AdviceMark } from "./status-mark"

type Variant = ProductAdviceAnswer["variants"][number]

/** One variant: its items' advice, or one sentence why there is none. */
export function VariantAdvice({ variant }: { variant: Variant }) {
  const { t } = useTranslation("foresight")
  const why = variant.not_advised ?? (variant.inventory_items.length === 1 ? variant.inventory_items[0]?.item.not_advised : null)
  return (
    <section className="px-6 py-3" data-testid="variant-advice" data-variant={variant.variant_id} aria-label={variant.title}>
      <div className="flex items-baseline gap-2">
        <Text size="small" weight="plus" className="truncate">
          {variant.title}
        </Text>
        <Text size="small" className="text-ui-fg-subtle truncate">
          {variant.sku}
        </Text>
      </div>
      {why && <Note text={t(`advice.notAdvised.${why}`)} />}
      {!why && variant.inventory_items.length === 0 && <Note text={t("advice.noItem")} />}
      {!why &&
        variant.inventory_items.map(({ item, required_quantity: required }) => (
          <div key={item.inventory_item_id}>
            {required !== 1 && <Note text={t("advice.perVariant", { quantity: required })} />}
            {item.not_advised && <Note text={t(`advice.notAdvised.${item.not_advised}`)} />}
            {!item.not_advised && item.locations.length === 0 && <Note text={t("advice.noLevels")} />}
            {!item.not_advised && item.locations.map((location) => <LocationRow key={location.location_id} itemId={item.inventory_item_id} location={location} />)}
          </div>
        ))}
    </section>
  )
}

function LocationRow({ itemId, location }: { itemId: string; location: ItemAdviceAnswer["locations"][number] }) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  const [open, setOpen] = useState(false)
  const panel = useId()
  const { advice } = location
  const name = location.location_name ?? t("advice.unknownLocation", { id: location.location_id })
  const numbers = advice && advice.status !== "too_few_sales" ? advice : null
  return (
    <div className="mt-1">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1" data-testid="variant-location" data-location={location.location_id}>
        <div className="flex min-w-0 flex-1 basis-40 items-center gap-1">
          <IconButton
            size="2xsmall"
            variant="transparent"
            disabled={!numbers}
            aria-expanded={open}
            aria-controls={panel}
            aria-label={t(open ? "advice.hideLedger" : "advice.showLedger", { name })}
            onClick={() => setOpen(!open)}
            data-testid="toggle-ledger"
          >
            {open ? <TriangleDownMini /> : <TriangleRightMini />}
          </IconButton>
          <Link to={`/inventory/${itemId}`} className="txt-compact-small text-ui-fg-interactive hover:text-ui-fg-interactive-hover truncate" title={t("advice.openItem")}>
            {name}
          </Link>
        </div>
        {numbers ? (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pl-6 sm:pl-0">
            <Text size="small" weight="plus" className="tabular-nums" data-testid="order-quantity">
              {numbers.order_quantity > 0 ? t("advice.orderNow", { quantity: format.units(numbers.order_quantity) }) : t("advice.orderNothing")}
            </Text>
            <OrderByBadge advice={numbers} />
            {numbers.stockout_probability !== null && (
              <Text size="small" className="text-ui-fg-subtle tabular-nums" title={t("advice.chanceHint")}>
                {t("advice.chance")} {format.chance(numbers.stockout_probability)}
              </Text>
            )}
          </div>
        ) : advice ? (
          <div className="pl-6 sm:pl-0">
            <AdviceMark status={advice.status} />
          </div>
        ) : null}
      </div>
      {!advice && (
        <div className="pl-6">
          <Note text={t("advice.notComputed")} />
        </div>
      )}
      <div id={panel} hidden={!open} className="pl-7 pt-2">
        {open && numbers && (
          <div className="flex max-w-lg flex-col gap-2">
            <LedgerTable advice={numbers} />
            <ComputedBy advice={numbers} />
          </div>
        )}
      </div>
    </div>
  )
}

function Note({ text }: { text: string }) {
  return (
    <Text size="small" className="text-ui-fg-subtle mt-1">
      {text}
    </Text>
  )
}
