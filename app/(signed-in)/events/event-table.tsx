import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { ColumnTable } from "#app/_components/data-table/column-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { groupName } from "#app/_components/group-name.ts";
import { formatMoment } from "#app/_format/format-time.ts";
import type { ReportingRates } from "#app/_reporting/reporting-rates.ts";
import type { LedgerEvent } from "#lib/reports/ledger-event.ts";
import { contextTokens } from "#lib/usage/tokens.ts";
import { EventCost } from "./event-cost.tsx";

/** One line per row of the ledger; the time opens its receipt. */
export function EventTable({
  events,
  timeZone,
  reporting,
}: {
  readonly events: readonly LedgerEvent[];
  readonly timeZone: string;
  readonly reporting: ReportingRates | null;
}) {
  const t = useTranslations("Events");
  const groups = useTranslations("Groups");
  const locale = useLocale();
  const columns: TableColumn<LedgerEvent>[] = [
    {
      ...{ id: "time", label: t("time"), className: "figures whitespace-nowrap" },
      cell: ({ id, startedAt }) => (
        <Link
          href={`/events/${id}`}
          prefetch={false}
          className="underline-offset-2 hover:underline"
        >
          {formatMoment(startedAt, locale, timeZone)}
        </Link>
      ),
    },
    { id: "what", label: t("what"), cell: (event) => <What event={event} /> },
    {
      id: "team",
      label: t("team"),
      from: "sm",
      cell: ({ team }) => groupName("team", team, groups),
    },
    {
      ...{ id: "agent", label: t("agent"), from: "lg" },
      cell: ({ agent }) => agent ?? <span className="text-faint">–</span>,
    },
    {
      ...{ id: "input", label: t("input"), from: "lg", numeric: true },
      cell: ({ tokens }) => (tokens === null ? "–" : <Count value={contextTokens(tokens)} />),
    },
    {
      ...{ id: "output", label: t("output"), from: "lg", numeric: true },
      cell: ({ tokens }) => (tokens === null ? "–" : <Count value={tokens.output} />),
    },
    {
      ...{ id: "cost", label: t("cost"), numeric: true },
      cell: (event) => <EventCost event={event} rate={reporting?.at(event.startedAt) ?? null} />,
    },
  ];
  return (
    <ColumnTable
      caption={t("rows")}
      columns={columns}
      rows={events}
      keyOf={({ id }) => id}
      classOf={({ counted }) => (counted ? "" : "text-faint")}
    />
  );
}

function What({ event }: { readonly event: LedgerEvent }) {
  const t = useTranslations("Events");
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span>{event.tool ?? event.model ?? event.operation}</span>
      <span className="text-faint text-xs">{t(`kinds.${event.kind}`)}</span>
      {event.status !== "ok" && (
        <span className="text-danger text-xs">{event.errorType ?? t("failed")}</span>
      )}
      {!event.counted && <span className="text-xs">{t("notCounted")}</span>}
    </span>
  );
}
