import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { ColumnTable } from "#app/_components/data-table/column-table.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Share } from "#app/_components/share.tsx";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { formatDuration } from "#app/_format/format-duration.ts";
import { formatBucket } from "#app/_format/format-time.ts";
import { type PageQuery, usageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import type { Usd } from "#lib/money/money.ts";
import { addSavings, type CacheSaving } from "#lib/pricing/cache-saving.ts";
import { callTimings, type Spread, TIMED_ROWS } from "#lib/reports/call-timing.ts";
import { type ClassCost, modelCosts } from "#lib/reports/model-costs.ts";
import type { Measures } from "#lib/reports/usage-query.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { contextTokens } from "#lib/usage/tokens.ts";
import { COST_CLASSES, classSum, PerMillion } from "../per-million.tsx";

type ClassLine = ClassCost & { readonly name: (typeof COST_CLASSES)[number]["name"] };

/** What the model's tokens cost by class, how caching came out, and how long its calls took. */
export async function CostPanel({
  scope,
  query,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
}) {
  const { sql } = context();
  const asked = usageQuery(query, []);
  const [t, locale, { total }, costs, timings] = await Promise.all([
    getTranslations("Models"),
    getLocale(),
    usageReport(sql, scope, asked),
    modelCosts(sql, scope, asked),
    callTimings(sql, scope, "model_call", asked),
  ]);
  const lines = COST_CLASSES.map(({ name, classes }) => ({ name, ...classSum(costs, classes) }));
  const used = lines.filter(({ tokens }) => tokens > 0);
  const caching = costs.reduce<CacheSaving | null>(
    (sum, cost) => addSavings(sum, cost.caching),
    null,
  );
  const changed = Math.max(0, ...costs.map(({ priceChangedAt }) => priceChangedAt ?? 0));
  const note =
    changed === 0
      ? t("tableNote")
      : t("priceSince", { day: formatBucket(new Date(changed), "none", locale, "UTC") });
  // Of several providers of one model the busiest stands for it.
  const timing = timings.find(({ duration }) => duration !== null) ?? timings[0];
  return (
    <Panel title={t("costs")} note={note}>
      <Figures total={total} query={query} />
      {used.length === 0 ? (
        <Empty title={t("noRates")} />
      ) : (
        <ColumnTable
          caption={t("costs")}
          columns={classColumns(t, used)}
          rows={used}
          keyOf={({ name }) => name}
        />
      )}
      {caching !== null && <CachingLine caching={caching} />}
      {timing && (
        <p className="border-line border-t px-4 py-2.5 text-muted text-xs">
          {[
            timing.duration && t("took", spreadWords(timing.duration, locale)),
            timing.firstToken && t("firstToken", spreadWords(timing.firstToken, locale)),
            t("timedRows", { rows: TIMED_ROWS }),
          ]
            .filter(Boolean)
            .join(" ")}
        </p>
      )}
    </Panel>
  );
}

function classColumns(
  t: Awaited<ReturnType<typeof getTranslations<"Models">>>,
  lines: readonly ClassLine[],
): readonly TableColumn<ClassLine>[] {
  const cost = lines.reduce((sum, line) => sum + line.cost, 0n) as Usd;
  return [
    {
      ...{ id: "class", label: t("class"), total: t("total") },
      cell: ({ name }) => t(`classNames.${name}`),
    },
    {
      ...{ id: "tokens", label: t("tokens"), numeric: true },
      cell: ({ tokens }) => <Count value={tokens} />,
      total: <Count value={lines.reduce((sum, { tokens }) => sum + tokens, 0)} />,
    },
    {
      ...{ id: "per_million", label: t("perMillion"), numeric: true },
      cell: (line) => <PerMillion sum={line} />,
    },
    {
      ...{ id: "cost", label: t("atRates"), numeric: true },
      cell: (line) => <Amount usd={line.cost} />,
      total: <Amount usd={cost} />,
    },
  ];
}

async function Figures({ total, query }: { readonly total: Measures; readonly query: PageQuery }) {
  const t = await getTranslations("Models");
  const { modelCalls, errors, tokens } = total;
  const figures: readonly (readonly ["spend" | "calls" | "errors" | "cacheHits", ReactNode])[] = [
    ["spend", <Spend key="spend" measures={total} query={query} />],
    ["calls", <Count key="calls" value={modelCalls} />],
    [
      "errors",
      <Share key="errors" part={BigInt(errors)} of={BigInt(Math.max(modelCalls, errors))} />,
    ],
    [
      "cacheHits",
      <Share key="hits" part={BigInt(tokens.cache_read)} of={BigInt(contextTokens(tokens))} />,
    ],
  ];
  return (
    <dl className="grid grid-cols-2 border-line border-b sm:grid-cols-4">
      {figures.map(([name, figure]) => (
        <div key={name} className="flex min-w-0 flex-col px-4 py-3">
          <dt className="text-muted text-xs">{t(name)}</dt>
          <dd className="figures mt-0.5 font-semibold text-lg">{figure}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The saving as the sum that it is. */
async function CachingLine({ caching }: { readonly caching: CacheSaving }) {
  const t = await getTranslations("Models");
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 border-line border-t px-4 py-2.5">
      <span className="font-medium">{t("saving")}</span>
      <span className="figures font-medium">
        <SignedAmount usd={caching.net} signed={false} zero="dash" />
      </span>
      <span className="text-muted text-xs">
        {t.rich("savingSum", {
          saved: () => <Amount usd={caching.saved} />,
          surcharge: () => <Amount usd={caching.surcharge} />,
        })}
      </span>
    </p>
  );
}

function spreadWords({ medianMs, p95Ms }: Spread, locale: string) {
  return { median: formatDuration(medianMs, locale), p95: formatDuration(p95Ms, locale) };
}
