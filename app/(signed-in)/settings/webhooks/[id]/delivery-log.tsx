import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { Delivery } from "#lib/notifications/delivery-log.ts";
import { AttemptList } from "./attempt-list.tsx";
import { ReplayButton } from "./replay-button.tsx";

/** What was sent, the newest first, with every attempt. */
export async function DeliveryLog({
  endpointId,
  deliveries,
  hasMore,
}: {
  readonly endpointId: string;
  readonly deliveries: readonly Delivery[];
  readonly hasMore: boolean;
}) {
  const [t, locale, { timeZone }] = await Promise.all([
    getTranslations("Webhooks"),
    getLocale(),
    currentOrganization(),
  ]);
  const last = deliveries.at(-1);
  return (
    <Panel
      title={t("log")}
      note={t("logNote")}
      actions={<CsvLink href={`/api/v1/export/deliveries.csv?id=${endpointId}`} what={t("log")} />}
    >
      {deliveries.length === 0 ? (
        <Empty title={t("nothingSent")}>{t("nothingSentHint")}</Empty>
      ) : (
        <Table caption={t("log")}>
          <thead>
            <tr>
              <HeadCell>{t("event")}</HeadCell>
              <HeadCell className="hidden md:table-cell">{t("happened")}</HeadCell>
              <HeadCell>{t("status")}</HeadCell>
              <HeadCell>{t("attempts")}</HeadCell>
              <HeadCell>
                <span className="sr-only">{t("replay")}</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <Row key={delivery.id} className="align-top">
                <RowHead className="pt-2">
                  <code className="font-mono text-xs">{delivery.eventType}</code>
                  {delivery.about !== null && (
                    <span className="block font-normal text-muted text-xs">{delivery.about}</span>
                  )}
                  <span className="figures block whitespace-nowrap text-muted text-xs md:hidden">
                    {formatMoment(delivery.eventAt, locale, timeZone)}
                  </span>
                  {delivery.replayOf !== null && (
                    <span className="block text-faint text-xs">{t("isReplay")}</span>
                  )}
                </RowHead>
                <Cell className="figures hidden whitespace-nowrap pt-2 md:table-cell">
                  {formatMoment(delivery.eventAt, locale, timeZone)}
                </Cell>
                <Cell className={`whitespace-nowrap pt-2 ${LOOKS[delivery.status]}`}>
                  {t(`deliveryStates.${delivery.status}`)}
                  {delivery.nextAttemptAt !== null && delivery.attempts.length > 0 && (
                    <span className="figures block text-muted text-xs">
                      {t("nextAt", { at: formatMoment(delivery.nextAttemptAt, locale, timeZone) })}
                    </span>
                  )}
                </Cell>
                <Cell className="pt-2">
                  <AttemptList attempts={delivery.attempts} />
                </Cell>
                <Cell className="text-right">
                  <ReplayButton id={delivery.id} type={delivery.eventType} />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {hasMore && last !== undefined && (
        <div className="border-line border-t px-4 py-2">
          <Link
            href={`/settings/webhooks/${endpointId}?before=${last.seq}`}
            className={buttonClass("ghost")}
          >
            {t("older")}
          </Link>
        </div>
      )}
    </Panel>
  );
}

const LOOKS = { pending: "text-warn", delivered: "text-text", failed: "text-danger" } as const;
