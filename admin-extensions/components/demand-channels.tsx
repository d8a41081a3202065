import { Heading, Table } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { DemandSeriesAnswer } from "../../src/api/answers"
import { useFormats } from "../hooks/use-formats"
import { AboutBand } from "./about-band"
import { percentText } from "./demand-words"
import { Hint } from "./hint"

/** The last and the next weeks by sales channel; nothing where only one sold. */
export function DemandChannels({ channels }: Pick<DemandSeriesAnswer, "channels">) {
  const { t } = useTranslation("foresight")
  const format = useFormats()
  if (channels.length === 0) return null
  return (
    <section data-testid="demand-channels">
      <div className="flex items-center gap-2 px-6 py-4">
        <Heading level="h3">{t("demand.channels.title")}</Heading>
        <Hint text={t("demand.channels.hint")} />
      </div>
      <div className="overflow-x-auto">
        <Table aria-label={t("demand.channels.title")} className="min-w-[480px]">
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell>{t("demand.channels.channel")}</Table.HeaderCell>
              <Table.HeaderCell className="text-right">{t("demand.soldLately")}</Table.HeaderCell>
              <Table.HeaderCell className="text-right">{t("demand.nextWeeks")}</Table.HeaderCell>
              <Table.HeaderCell className="text-right">{t("demand.channels.share")}</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {channels.map(({ id, name, sold, share, next }) => (
              <Table.Row key={id ?? ""} data-testid="demand-channel" data-id={id ?? ""}>
                <Table.Cell className="max-w-64 truncate">{name ?? id ?? t("demand.channels.none")}</Table.Cell>
                <Table.Cell className="text-right tabular-nums">{format.units(sold)}</Table.Cell>
                <Table.Cell className="whitespace-nowrap text-right tabular-nums">
                  <AboutBand band={next} />
                </Table.Cell>
                <Table.Cell className="text-right tabular-nums">{percentText(format, share)}</Table.Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </div>
    </section>
  )
}
