import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { readPeriod } from "#app/_period/period.ts";
import { usageQuery } from "#app/_query/page-query.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { subtractUsd } from "#lib/money/money.ts";
import type { CostBasis, UsageRow } from "#lib/reports/usage-query.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

const MOST_GROUPS = 10;

/** How much of the last 30 days has a team, and the largest groups that have none. */
export async function CoveragePanel({
  mayChange,
  basis,
}: {
  readonly mayChange: boolean;
  readonly basis: CostBasis;
}) {
  const [now, { timeZone }, locale, t, costs] = await Promise.all([
    requestTime(),
    currentOrganization(),
    getLocale(),
    getTranslations("Rules"),
    getTranslations("Costs.names"),
  ]);
  const period = readPeriod({ period: "30d" }, now, timeZone);
  const { sql } = context();
  const asked = { period, filters: {}, costBasis: basis };
  const lost = usageQuery({ ...asked, filters: { team: [UNALLOCATED] } }, ["service", "agent"]);
  const [all, unallocated] = await Promise.all([
    usageReport(sql, "all", usageQuery(asked, [])),
    usageReport(sql, "all", lost, { limit: MOST_GROUPS, offset: 0 }),
  ]);
  const covered = subtractUsd(all.total.cost, unallocated.total.cost);
  const share = formatShare(covered, all.total.cost, locale);
  return (
    <Panel
      title={t("coverage")}
      note={share === null ? t("noSpend") : t("coverageNote", { share, cost: costs(basis) })}
    >
      {unallocated.rows.length === 0 ? (
        <Empty title={t("allCovered")} />
      ) : (
        <Table caption={t("coverage")}>
          <thead>
            <tr>
              <HeadCell>{t("service")}</HeadCell>
              <HeadCell>{t("agent")}</HeadCell>
              <HeadCell numeric>{t("modelCalls")}</HeadCell>
              <HeadCell numeric>{t("spend")}</HeadCell>
              {mayChange && (
                <HeadCell>
                  <span className="sr-only">{t("makeRule")}</span>
                </HeadCell>
              )}
            </tr>
          </thead>
          <tbody>
            {unallocated.rows.map((row) => (
              <Group
                key={`${row.group.service} ${row.group.agent}`}
                row={row}
                mayChange={mayChange}
              />
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

async function Group({
  row: { group, measures },
  mayChange,
}: {
  readonly row: UsageRow;
  readonly mayChange: boolean;
}) {
  const t = await getTranslations("Rules");
  const known = Object.entries(group).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return (
    <Row>
      <RowHead>{group.service ?? t("unknown")}</RowHead>
      <Cell>{group.agent ?? <span className="text-faint">–</span>}</Cell>
      <Cell numeric>
        <Count value={measures.modelCalls} />
      </Cell>
      <Cell numeric>
        <Spend measures={measures} />
      </Cell>
      {mayChange && (
        <Cell className="text-right">
          {known.length > 0 && (
            <Link
              href={`/settings/rules/new?${new URLSearchParams(known)}`}
              className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
            >
              {t("makeRule")}
            </Link>
          )}
        </Cell>
      )}
    </Row>
  );
}
