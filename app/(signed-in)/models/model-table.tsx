import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { formatUsdExact, formatUsdRate } from "#app/_format/format-usd.ts";
import { costPairs, pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Usd } from "#lib/money/money.ts";
import {
  type ClassCost,
  type CostClass,
  type ModelCosts,
  modelKey,
} from "#lib/reports/model-costs.ts";
import type { Measures, UsageResult } from "#lib/reports/usage-query.ts";
import { totalTokens } from "#lib/usage/tokens.ts";

/** What narrow windows leave out. */
const MIDDLE = "hidden sm:table-cell";
const WIDE = "hidden lg:table-cell";

/** The classes with a column of their own; writes of both lifetimes stand together. */
const COLUMNS: readonly { readonly name: string; readonly classes: readonly CostClass[] }[] = [
  { name: "input", classes: ["input_uncached"] },
  { name: "cacheRead", classes: ["cache_read"] },
  { name: "cacheWrite", classes: ["cache_write_5m", "cache_write_1h"] },
  { name: "output", classes: ["output"] },
];

export function ModelTable({
  result,
  costs,
  query,
}: {
  readonly result: UsageResult;
  readonly costs: ModelCosts;
  readonly query: PageQuery;
}) {
  const t = useTranslations("Models");
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("model")}</HeadCell>
          <HeadCell numeric>{t("calls")}</HeadCell>
          <HeadCell numeric className={MIDDLE}>
            {t("errors")}
          </HeadCell>
          <HeadCell numeric className={MIDDLE}>
            {t("tokens")}
          </HeadCell>
          <HeadCell numeric className={MIDDLE}>
            {t("cacheHits")}
          </HeadCell>
          {COLUMNS.map(({ name }) => (
            <HeadCell key={name} numeric className={WIDE}>
              {t(`classes.${name}`)}
            </HeadCell>
          ))}
          <HeadCell numeric>{t("spend")}</HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("perCall")}
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {result.rows.map(({ group: { provider = null, model = null }, measures }) => (
          <Row key={modelKey(provider, model)}>
            <RowHead className="min-w-44">
              <Link
                href={pageHref(
                  "/events",
                  query.period,
                  { ...query.filters, provider: [provider], model: [model] },
                  costPairs(query.costBasis),
                )}
                className="underline-offset-2 hover:underline"
              >
                {model ?? t("unknown")}
              </Link>{" "}
              <span className="text-faint text-xs">{provider}</span>
            </RowHead>
            <UseCells measures={measures} />
            {COLUMNS.map(({ name, classes }) => (
              <Cell key={name} numeric className={WIDE}>
                <PerMillion
                  costs={classes.map((one) => costs.get(modelKey(provider, model))?.[one])}
                />
              </Cell>
            ))}
            <MoneyCells measures={measures} />
          </Row>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium">{t("total")}</RowHead>
          <UseCells measures={result.total} />
          {COLUMNS.map(({ name, classes }) => (
            <Cell key={name} numeric className={WIDE}>
              <PerMillion
                costs={[...costs.values()].flatMap((model) => classes.map((one) => model[one]))}
              />
            </Cell>
          ))}
          <MoneyCells measures={result.total} />
        </tr>
      </tfoot>
    </Table>
  );
}

function UseCells({ measures }: { readonly measures: Measures }) {
  const locale = useLocale();
  const { modelCalls, errors, tokens } = measures;
  const input =
    tokens.input_uncached + tokens.cache_read + tokens.cache_write_5m + tokens.cache_write_1h;
  const errorShare = formatShare(BigInt(errors), BigInt(Math.max(modelCalls, errors)), locale);
  return (
    <>
      <Cell numeric>
        <Count value={modelCalls} />
      </Cell>
      <Cell numeric className={MIDDLE}>
        <span title={String(errors)}>{errorShare ?? "–"}</span>
      </Cell>
      <Cell numeric className={MIDDLE}>
        <Count value={totalTokens(tokens)} short />
      </Cell>
      <Cell numeric className={MIDDLE}>
        {formatShare(BigInt(tokens.cache_read), BigInt(input), locale) ?? "–"}
      </Cell>
    </>
  );
}

function MoneyCells({ measures }: { readonly measures: Measures }) {
  const locale = useLocale();
  const { cost, modelCalls, unpricedCalls } = measures;
  const priced = modelCalls - unpricedCalls;
  const perCall = priced > 0 && cost > 0n ? ((cost / BigInt(priced)) as Usd) : null;
  return (
    <>
      <Cell numeric>
        <Spend measures={measures} />
      </Cell>
      <Cell numeric className={`text-muted ${WIDE}`}>
        {perCall === null ? (
          "–"
        ) : (
          <span title={formatUsdExact(perCall, locale)}>{formatUsdRate(perCall, locale)}</span>
        )}
      </Cell>
    </>
  );
}

/** Money over tokens, per million of them; a dash where nothing of the class has a price. */
function PerMillion({ costs }: { readonly costs: readonly (ClassCost | undefined)[] }) {
  const locale = useLocale();
  const tokens = costs.reduce((sum, part) => sum + (part?.tokens ?? 0), 0);
  if (tokens === 0) return <span className="text-faint">–</span>;
  const cost = costs.reduce((sum, part) => sum + (part?.cost ?? 0n), 0n);
  return formatUsdRate(((cost * 1_000_000n) / BigInt(tokens)) as Usd, locale);
}
