import { InformationCircleSolid } from "@medusajs/icons"
import { Tooltip } from "@medusajs/ui"

/** An explanation on hover and on focus; screen readers get it as the button's name. */
export function Hint({ text }: { text: string }) {
  return (
    <Tooltip content={text}>
      <button type="button" aria-label={text} className="text-ui-fg-muted focus-visible:shadow-borders-focus rounded-full outline-none">
        <InformationCircleSolid aria-hidden />
      </button>
    </Tooltip>
  )
}
