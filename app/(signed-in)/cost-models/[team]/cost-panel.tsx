import { getLocale, getTranslations } from "next-intl/server";
import { Amount } from "#app/_components/amount.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { type LinesShown, lineReceiptHref, linesHref } from "#app/_costs/line-links.ts";
import { formatDays } from "#app/_format/format-time.ts";
import { readPeriod } from "#app/_period/period.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { type CostPart, groupTeamCosts } from "#lib/reports/team-cost-groups.ts";
import { teamCosts } from "#lib/reports/team-costs.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";

const MONTHS = ["last-month", "mtd"] as const;

/** What the team costs this month and cost in the last one, line by line. */
export async function CostPanel({
  scope,
  team,
  basis,
  timeZone,
}: {
  readonly scope: ReadScope;
  readonly team: string | null;
  readonly basis: CostBasis;
  readonly timeZone: string;
}) {
  const [t, locale, now] = await Promise.all([
    getTranslations("CostModels"),
    getLocale(),
    requestTime(),
  ]);
  const months = await Promise.all(
    MONTHS.map(async (name) => {
      const period = readPeriod({ period: name }, now, timeZone);
      const { from, to } = period;
      const only = team === null ? {} : { teams: [team] };
      const found = await teamCosts(context().sql, scope, { from, to, bucket: "none", ...only });
      const parts = new Map(partsOf(found.lines).map((part) => [keyOf(part), part]));
      const shown = { period, costBasis: basis };
      const waiting =
        team === null ? [...found.unpriced.values()] : [found.unpriced.get(team) ?? 0];
      const unpriced = waiting.reduce((sum, calls) => sum + calls, 0);
      return { shown, from, to, parts, total: found.total[basis], unpriced };
    }),
  );
  const title = t(team === null ? "costAll" : "cost");
  const keys = [...new Set(months.flatMap(({ parts }) => [...parts.keys()]))];
  if (keys.length === 0) {
    return (
      <Panel title={title}>
        <Empty title={t("noCost")}>{t("noCostHint")}</Empty>
      </Panel>
    );
  }
  return (
    <Panel title={title}>
      <Table caption={title}>
        <thead>
          <tr>
            <HeadCell>{t("line")}</HeadCell>
            {months.map(({ from, to }) => (
              <HeadCell key={from.getTime()} numeric>
                {formatDays(from, to, locale, timeZone)}
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const part = months.flatMap(({ parts }) => parts.get(key) ?? [])[0];
            return (
              <Row key={key}>
                <RowHead>
                  {part !== undefined && t(`lines.${part.kind}`)}
                  <span className="ml-2 text-muted">{part?.charge?.name ?? part?.pool?.name}</span>
                </RowHead>
                {months.map(({ shown, parts, unpriced }) => (
                  <Cell key={shown.period.name} numeric>
                    <PartAmount part={parts.get(key)} {...{ team, shown, unpriced }} />
                  </Cell>
                ))}
              </Row>
            );
          })}
        </tbody>
        <tfoot>
          <tr className="font-medium [&>*]:border-t [&>*]:border-b-0 [&>*]:border-line-strong">
            <RowHead className="font-medium">{t("lines.total")}</RowHead>
            {months.map(({ shown, total, unpriced }) => (
              <Cell key={shown.period.name} numeric>
                <FigureLink
                  href={linesHref(shown, {
                    filter: team === null ? {} : { team },
                    asClosed: false,
                  })}
                >
                  <Amount usd={total} unpricedCalls={unpriced} compact />
                </FigureLink>
              </Cell>
            ))}
          </tr>
        </tfoot>
      </Table>
    </Panel>
  );
}

/** An amount of one team leads to its receipt, that of all teams together to theirs. */
function PartAmount({
  part,
  team,
  shown,
  unpriced,
}: {
  readonly part: CostPart | undefined;
  readonly team: string | null;
  readonly shown: LinesShown;
  /** Calls without a price, of all usage shown. */
  readonly unpriced: number;
}) {
  if (part === undefined) return <span className="text-faint">–</span>;
  const { kind, charge, pool } = part;
  const [chargeId, poolId] = [charge?.id ?? null, pool?.id ?? null];
  return (
    <FigureLink
      href={
        team === null
          ? linesHref(shown, { filter: { kinds: [kind], chargeId, poolId }, asClosed: false })
          : lineReceiptHref(shown, { team, kind, chargeId, poolId })
      }
    >
      <Amount
        usd={part.costs[shown.costBasis]}
        unpricedCalls={kind === "usage" ? unpriced : 0}
        compact
      />
    </FigureLink>
  );
}

/** All lines together, whatever team and cost center they are under. */
function partsOf(lines: Parameters<typeof groupTeamCosts>[0]): readonly CostPart[] {
  const together = lines.map((line) => ({ ...line, team: "" }));
  return groupTeamCosts(together, "team").flatMap(({ parts }) => parts);
}

function keyOf({ kind, charge, pool }: CostPart): string {
  return JSON.stringify([kind, charge?.id ?? null, pool?.id ?? null]);
}
