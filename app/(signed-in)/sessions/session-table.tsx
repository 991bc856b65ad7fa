import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { ColumnTable } from "#app/_components/data-table/column-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { groupName } from "#app/_components/group-name.ts";
import { Spend } from "#app/_components/spend.tsx";
import { formatDuration } from "#app/_format/format-duration.ts";
import { formatMoment } from "#app/_format/format-time.ts";
import { costPairs, hrefWith } from "#app/_query/links.ts";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { ReportingRates } from "#app/_reporting/reporting-rates.ts";
import type { SessionSummary } from "#lib/reports/sessions.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";
import { totalTokens } from "#lib/usage/tokens.ts";

/** One line per session, the latest first. */
export function SessionTable({
  sessions,
  timeZone,
  costBasis,
  reporting = null,
}: {
  readonly sessions: readonly SessionSummary[];
  readonly timeZone: string;
  readonly costBasis: CostBasis;
  readonly reporting?: ReportingRates | null;
}) {
  const t = useTranslations("Sessions");
  const groups = useTranslations("Groups");
  const locale = useLocale();
  const faint = <span className="text-faint">–</span>;
  const columns: TableColumn<SessionSummary>[] = [
    {
      ...{ id: "last", label: t("last"), className: "figures whitespace-nowrap" },
      cell: ({ lastAt }) => formatMoment(lastAt, locale, timeZone),
    },
    {
      ...{ id: "session", label: t("session"), className: "w-full max-w-0" },
      cell: ({ session }) => (
        <Link
          href={hrefWith(`/sessions/${encodeURIComponent(session)}`, costPairs(costBasis))}
          prefetch={false}
          title={session}
          className="block truncate font-mono text-xs underline-offset-2 hover:underline"
        >
          {session}
        </Link>
      ),
    },
    {
      ...{ id: "team", label: t("team"), from: "sm", className: "whitespace-nowrap" },
      cell: ({ teams }) => teams.map((team) => groupName("team", team, groups)).join(", "),
    },
    {
      ...{ id: "people", label: t("people"), from: "lg", className: "max-w-56 truncate" },
      cell: ({ users }) => (users.length === 0 ? faint : users.join(", ")),
    },
    {
      ...{ id: "length", label: t("length"), from: "lg", numeric: true },
      cell: ({ firstAt, lastAt }) =>
        lastAt > firstAt ? formatDuration(lastAt.getTime() - firstAt.getTime(), locale) : faint,
    },
    {
      ...{ id: "model_calls", label: t("modelCalls"), from: "sm", numeric: true },
      cell: ({ measures }) => <Count value={measures.modelCalls} />,
    },
    {
      ...{ id: "tool_calls", label: t("toolCalls"), from: "lg", numeric: true },
      cell: ({ measures }) => <Count value={measures.toolCalls} />,
    },
    {
      ...{ id: "errors", label: t("errors"), from: "lg", numeric: true },
      cell: ({ measures: { errors } }) =>
        errors === 0 ? (
          <span className="text-faint">0</span>
        ) : (
          <span className="text-danger">
            <Count value={errors} />
          </span>
        ),
    },
    {
      ...{ id: "tokens", label: t("tokens"), from: "sm", numeric: true },
      cell: ({ measures }) => <Count value={totalTokens(measures.tokens)} short />,
    },
    {
      ...{ id: "spend", label: t("spend"), numeric: true },
      cell: ({ measures, lastAt }) => (
        <>
          <Spend measures={measures} />
          <AtRate usd={measures.cost} rate={reporting?.at(lastAt) ?? null} />
        </>
      ),
    },
  ];
  return (
    <ColumnTable
      caption={t("title")}
      columns={columns}
      rows={sessions}
      keyOf={({ session }) => session}
    />
  );
}
