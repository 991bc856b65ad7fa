"use client";

import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import type { TableColumn } from "#app/_components/data-table/table-column.ts";
import { Share } from "#app/_components/share.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { formatDuration } from "#app/_format/format-duration.ts";
import { formatUsdExact, formatUsdRate } from "#app/_format/format-usd.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Usd } from "#lib/money/money.ts";
import { addSavings, type CacheSaving } from "#lib/pricing/cache-saving.ts";
import type { Measures } from "#lib/reports/usage-query.ts";
import { contextTokens, totalTokens } from "#lib/usage/tokens.ts";
import { CacheSavingAmount } from "./cache-saving-amount.tsx";
import { type ModelLine, modelCallsOf, ofModel } from "./model-line.ts";
import { COST_CLASSES, classSum, PerMillion, perMillion } from "./per-million.tsx";

type Columns = readonly TableColumn<ModelLine>[];

/** How much a model was used, and how well that went. */
export function useUseColumns(total: Measures): Columns {
  const t = useTranslations("Models");
  const hits = ({ tokens }: Measures) => BigInt(tokens.cache_read);
  const prompts = ({ tokens }: Measures) => BigInt(contextTokens(tokens));
  const calls = ({ modelCalls, errors }: Measures) => Math.max(modelCalls, errors);
  return [
    {
      ...{ id: "calls", label: t("calls"), numeric: true },
      sortBy: ({ measures }) => measures.modelCalls,
      cell: ({ measures }) => <Count value={measures.modelCalls} />,
      total: <Count value={total.modelCalls} />,
    },
    {
      ...{ id: "errors", label: t("errors"), numeric: true, from: "md" },
      sortBy: ({ measures }) => measures.errors / Math.max(1, calls(measures)),
      cell: ({ measures }) => <Share part={BigInt(measures.errors)} of={BigInt(calls(measures))} />,
      total: <Share part={BigInt(total.errors)} of={BigInt(calls(total))} />,
    },
    {
      ...{ id: "tokens", label: t("tokens"), numeric: true, from: "md" },
      sortBy: ({ measures }) => totalTokens(measures.tokens),
      cell: ({ measures }) => <Count value={totalTokens(measures.tokens)} short />,
      total: <Count value={totalTokens(total.tokens)} short />,
    },
    {
      ...{ id: "cache_hits", label: t("cacheHits"), numeric: true, from: "md" },
      sortBy: ({ measures }) =>
        measures.tokens.cache_read / Math.max(1, contextTokens(measures.tokens)),
      cell: ({ measures }) => <Share part={hits(measures)} of={prompts(measures)} />,
      total: <Share part={hits(total)} of={prompts(total)} />,
    },
  ];
}

/** What a million tokens of each class came to, and what caching saved. */
export function useRateColumns(lines: readonly ModelLine[]): Columns {
  const t = useTranslations("Models");
  const costs = lines.map(({ cost }) => cost);
  const saved = costs.reduce<CacheSaving | null>(
    (sum, cost) => addSavings(sum, cost?.caching ?? null),
    null,
  );
  return [
    ...COST_CLASSES.map(
      ({ name, classes }): TableColumn<ModelLine> => ({
        ...{ id: name, label: t(`classes.${name}`), numeric: true, from: "lg" },
        sortBy: ({ cost }) => perMillion(classSum([cost], classes)) ?? undefined,
        cell: ({ cost }) => <PerMillion sum={classSum([cost], classes)} />,
        total: <PerMillion sum={classSum(costs, classes)} />,
      }),
    ),
    {
      ...{ id: "saving", label: t("saving"), numeric: true, from: "lg" },
      sortBy: ({ cost }) => cost?.caching?.net,
      cell: ({ cost }) => <CacheSavingAmount caching={cost?.caching ?? null} />,
      total: <CacheSavingAmount caching={saved} />,
    },
  ];
}

/** What it cost, and how long it took. */
export function useCostColumns(total: Measures, query: PageQuery): Columns {
  const t = useTranslations("Models");
  const locale = useLocale();
  const time = (ms: number | undefined) =>
    ms === undefined ? <span className="text-faint">–</span> : formatDuration(ms, locale);
  return [
    {
      ...{ id: "median", label: t("median"), numeric: true, from: "2xl" },
      sortBy: ({ timing }) => timing?.duration?.medianMs,
      cell: ({ timing }) => time(timing?.duration?.medianMs),
    },
    {
      ...{ id: "p95", label: t("p95"), numeric: true, from: "lg" },
      sortBy: ({ timing }) => timing?.duration?.p95Ms,
      cell: ({ timing }) => time(timing?.duration?.p95Ms),
    },
    {
      ...{ id: "spend", label: t("spend"), numeric: true },
      sortBy: ({ measures }) => measures.cost,
      cell: ({ provider, model, measures }) => (
        <Spend measures={measures} query={ofModel(query, provider, model)} />
      ),
      total: <Spend measures={total} query={modelCallsOf(query)} />,
    },
    {
      ...{ id: "per_call", label: t("perCall"), numeric: true, from: "2xl" },
      sortBy: ({ measures }) => perCall(measures) ?? undefined,
      cell: ({ measures }) => <PerCall measures={measures} />,
      total: <PerCall measures={total} />,
    },
  ];
}

function PerCall({ measures }: { readonly measures: Measures }) {
  const locale = useLocale();
  const each = perCall(measures);
  if (each === null) return <span className="text-faint">–</span>;
  return (
    <span className="text-muted" title={formatUsdExact(each, locale)}>
      {formatUsdRate(each, locale)}
    </span>
  );
}

function perCall({ cost, modelCalls, unpricedCalls }: Measures): Usd | null {
  const priced = modelCalls - unpricedCalls;
  return priced > 0 && cost > 0n ? ((cost / BigInt(priced)) as Usd) : null;
}
