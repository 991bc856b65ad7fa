import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { LedgerEvent } from "#lib/reports/ledger-event.ts";
import { contextTokens } from "#lib/usage/tokens.ts";
import { EventCost } from "./event-cost.tsx";

const WIDE = "hidden lg:table-cell";
const MIDDLE = "hidden sm:table-cell";

/** One line per row of the ledger; the time opens its receipt. */
export function EventTable({
  events,
  timeZone,
}: {
  readonly events: readonly LedgerEvent[];
  readonly timeZone: string;
}) {
  const t = useTranslations("Events");
  return (
    <Table caption={t("rows")}>
      <thead>
        <tr>
          <HeadCell>{t("time")}</HeadCell>
          <HeadCell>{t("what")}</HeadCell>
          <HeadCell className={MIDDLE}>{t("team")}</HeadCell>
          <HeadCell className={WIDE}>{t("agent")}</HeadCell>
          <HeadCell className={WIDE} numeric>
            {t("input")}
          </HeadCell>
          <HeadCell className={WIDE} numeric>
            {t("output")}
          </HeadCell>
          <HeadCell numeric>{t("cost")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <EventLine key={event.id} event={event} timeZone={timeZone} />
        ))}
      </tbody>
    </Table>
  );
}

function EventLine({
  event,
  timeZone,
}: {
  readonly event: LedgerEvent;
  readonly timeZone: string;
}) {
  const locale = useLocale();
  const t = useTranslations("Events");
  return (
    <Row className={event.counted ? "" : "text-faint"}>
      <RowHead className="figures whitespace-nowrap">
        <Link
          href={`/events/${event.id}`}
          prefetch={false}
          className="underline-offset-2 hover:underline"
        >
          {formatMoment(event.startedAt, locale, timeZone)}
        </Link>
      </RowHead>
      <Cell>
        <span className="flex flex-wrap items-center gap-x-2">
          <span>{event.tool ?? event.model ?? event.operation}</span>
          <span className="text-faint text-xs">{t(`kinds.${event.kind}`)}</span>
          {event.status !== "ok" && (
            <span className="text-danger text-xs">{event.errorType ?? t("failed")}</span>
          )}
          {!event.counted && <span className="text-xs">{t("notCounted")}</span>}
        </span>
      </Cell>
      <Cell className={MIDDLE}>{event.team}</Cell>
      <Cell className={WIDE}>{event.agent ?? <span className="text-faint">–</span>}</Cell>
      <Cell className={WIDE} numeric>
        {event.tokens === null ? "–" : <Count value={contextTokens(event.tokens)} />}
      </Cell>
      <Cell className={WIDE} numeric>
        {event.tokens === null ? "–" : <Count value={event.tokens.output} />}
      </Cell>
      <Cell numeric>
        <EventCost event={event} />
      </Cell>
    </Row>
  );
}
