import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { parseUsd } from "#lib/money/money.ts";
import { gapShare } from "#lib/reconciliation/gap-share.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { ComparisonTexts, OursHref } from "./comparison-view.tsx";
import { formatGapShare } from "./format-gap-share.ts";

type ComparedRow = ComparisonTexts["by_model"][number];
type By = "provider" | "model" | "class" | "day";

/** Both sides of every provider, model, class or day, with the tokens of each. */
export function ComparedTable({
  rows,
  by,
  hrefOf,
}: {
  readonly rows: readonly ComparedRow[];
  readonly by: By;
  readonly hrefOf: OursHref | null;
}) {
  const t = useTranslations("Reconciliation");
  const locale = useLocale();
  const count = new Intl.NumberFormat(locale);
  const hasTokens = rows.some(({ invoiced_tokens: told }) => told !== null);
  return (
    <Table caption={t(`heads.${by}`)}>
      <thead>
        <tr>
          <HeadCell>{t(`heads.${by}`)}</HeadCell>
          {hasTokens && <HeadCell numeric>{t("invoicedTokens")}</HeadCell>}
          {hasTokens && <HeadCell numeric>{t("ourTokens")}</HeadCell>}
          <HeadCell numeric>{t("invoiced")}</HeadCell>
          <HeadCell numeric>{t("ours")}</HeadCell>
          <HeadCell numeric>{t("gap")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.provider} ${row.value}`}>
            <RowHead>
              <Name row={row} by={by} />
            </RowHead>
            {hasTokens && (
              <Cell numeric>
                {row.invoiced_tokens === null ? "–" : count.format(BigInt(row.invoiced_tokens))}
              </Cell>
            )}
            {hasTokens && <Cell numeric>{count.format(BigInt(row.tokens))}</Cell>}
            <Cell numeric>
              <Amount usd={parseUsd(row.invoiced)} />
            </Cell>
            <Cell numeric>
              <FigureLink href={parseUsd(row.ours) === 0n ? null : hrefOfRow(row, by, hrefOf)}>
                <Amount usd={parseUsd(row.ours)} />
              </FigureLink>
            </Cell>
            <Cell numeric>
              <SignedAmount usd={parseUsd(row.gap)} />
              <GapPercent row={row} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** Receipts are not made of classes: theirs is that of the provider, line by line. */
function hrefOfRow(row: ComparedRow, by: By, hrefOf: OursHref | null): string | null {
  const providers = [row.provider];
  const value = row.value ?? null;
  if (by === "model" && value !== null) return hrefOf?.({ providers, model: value }) ?? null;
  if (by === "day" && value !== null) return hrefOf?.({ providers, day: value }) ?? null;
  return by === "model" || by === "day" ? null : (hrefOf?.({ providers }) ?? null);
}

/** The gap over what is invoiced; nothing where nothing is. */
function GapPercent({ row }: { readonly row: ComparedRow }) {
  const locale = useLocale();
  const share = gapShare({ invoiced: parseUsd(row.invoiced), ours: parseUsd(row.ours) });
  if (share === null) return null;
  return <span className="block text-muted text-xs">{formatGapShare(share, locale)}</span>;
}

function Name({ row, by }: { readonly row: ComparedRow; readonly by: By }) {
  const t = useTranslations("Statements");
  const none = useTranslations("Reconciliation");
  if (by === "provider") return row.provider;
  const known = TOKEN_CLASSES.find((name) => name === row.value) ?? "other";
  const words = by === "class" ? t(`classes.${known}`) : row.value;
  return (
    <>
      {words ?? none("notTold")} <span className="text-muted text-xs">{row.provider}</span>
    </>
  );
}
