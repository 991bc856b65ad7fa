import Link from "next/link";
import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { type LinesShown, linesHref } from "#app/_costs/line-links.ts";
import { AmountAtRate } from "#app/_reporting/amount-at-rate.tsx";
import { ChangeSince } from "#app/_statements/change-since.tsx";
import type { CostLineFilter } from "#lib/close/cost-lines.ts";
import {
  STATEMENT_PARTS,
  type StatementPart,
  type StatementRow,
} from "#lib/close/statement-rows.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { sumUsd } from "#lib/money/money.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";

const PARTS = Object.keys(STATEMENT_PARTS) as readonly StatementPart[];

/** Each team's or cost centre's month in one row, and the sum of all, also of other pages. */
export function StatementTable({
  all,
  rows,
  month,
  shown,
  by,
  names,
  rate,
}: {
  readonly all: readonly StatementRow[];
  readonly rows: readonly StatementRow[];
  readonly month: string;
  /** The month, as the pages behind its figures are asked for it. */
  readonly shown: LinesShown;
  readonly by: "team" | "cost_center";
  readonly names: ReadonlyMap<string, string>;
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("Statements");
  const unpriced = (some: readonly StatementRow[]) =>
    Number(some.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0n));
  const unpricedIn = (part: StatementPart, some: readonly StatementRow[]) =>
    part === "usage" ? unpriced(some) : 0;
  const total = sumUsd(all.map(({ costs }) => costs.effective));
  const behind = (filter: CostLineFilter, costBasis: CostBasis = "effective") =>
    linesHref({ ...shown, costBasis }, { filter, asClosed: true });
  const of = (value: string | null): CostLineFilter =>
    by === "team" ? { team: value ?? "" } : { costCenter: value };
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t(`names.${by}`)}</HeadCell>
          {PARTS.map((part) => (
            <HeadCell key={part} numeric className="hidden lg:table-cell">
              {t(`parts.${part}`)}
            </HeadCell>
          ))}
          <HeadCell numeric className="hidden sm:table-cell">
            {t("list")}
          </HeadCell>
          <HeadCell numeric>{t("total")}</HeadCell>
          <HeadCell numeric>{t("sinceBefore")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.value ?? ""}>
            <RowHead className="font-medium">
              {row.value === null ? (
                <span className="text-muted">{t("noCostCenter")}</span>
              ) : (
                <Link href={statementHref(month, by, row.value)} className="hover:underline">
                  {names.get(row.value) ?? row.value}
                </Link>
              )}
            </RowHead>
            {PARTS.map((part) => (
              <Cell key={part} numeric className="hidden lg:table-cell">
                {row.parts[part] === 0n && unpricedIn(part, [row]) === 0 ? (
                  <Nothing />
                ) : (
                  <FigureLink href={behind({ ...of(row.value), kinds: STATEMENT_PARTS[part] })}>
                    <Amount usd={row.parts[part]} unpricedCalls={unpricedIn(part, [row])} compact />
                  </FigureLink>
                )}
              </Cell>
            ))}
            <Cell numeric className="hidden text-muted sm:table-cell">
              <FigureLink href={behind(of(row.value), "list")}>
                <Amount usd={row.costs.list} unpricedCalls={unpriced([row])} compact />
              </FigureLink>
            </Cell>
            <Cell numeric className="font-medium">
              <FigureLink href={behind(of(row.value))}>
                <AmountAtRate
                  usd={row.costs.effective}
                  unpricedCalls={unpriced([row])}
                  rate={rate}
                />
              </FigureLink>
            </Cell>
            <Cell numeric>
              <ChangeSince now={row.costs.effective} before={row.before} />
            </Cell>
          </Row>
        ))}
        <Row className="font-semibold">
          <RowHead className="font-semibold">{t("sum")}</RowHead>
          {PARTS.map((part) => (
            <Cell key={part} numeric className="hidden lg:table-cell">
              <FigureLink href={behind({ kinds: STATEMENT_PARTS[part] })}>
                <Amount
                  usd={sumUsd(all.map(({ parts }) => parts[part]))}
                  unpricedCalls={unpricedIn(part, all)}
                  compact
                />
              </FigureLink>
            </Cell>
          ))}
          <Cell numeric className="hidden text-muted sm:table-cell">
            <FigureLink href={behind({}, "list")}>
              <Amount
                usd={sumUsd(all.map(({ costs }) => costs.list))}
                unpricedCalls={unpriced(all)}
                compact
              />
            </FigureLink>
          </Cell>
          <Cell numeric>
            <FigureLink href={behind({})}>
              <AmountAtRate usd={total} unpricedCalls={unpriced(all)} rate={rate} />
            </FigureLink>
          </Cell>
          <Cell numeric>
            <ChangeSince now={total} before={sumUsd(all.map(({ before }) => before))} />
          </Cell>
        </Row>
      </tbody>
    </Table>
  );
}

function statementHref(month: string, by: "team" | "cost_center", value: string): string {
  const kind = by === "team" ? "team" : "cost-center";
  return `/statements/${month}/${kind}/${encodeURIComponent(value)}`;
}

function Nothing() {
  return <span className="text-faint">–</span>;
}
