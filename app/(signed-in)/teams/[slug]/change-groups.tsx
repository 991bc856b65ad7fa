import Link from "next/link";
import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { Period } from "#app/_period/period.ts";
import { pageHref, receiptHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import { addBridges, type CostBridge } from "#lib/anomalies/price-volume-mix.ts";
import { sumUsd, type Usd } from "#lib/money/money.ts";
import type { CostChange, CostChangeGroup } from "#lib/reports/cost-change.ts";

const SHOWN = 8;
const WIDE = "hidden md:table-cell";

type Sums = CostBridge & { readonly before: Usd; readonly after: Usd };

/** The same effects by model, the largest change first; what is too small for a row is in the one before the total. */
export function ChangeGroups({
  found,
  query,
  before,
}: {
  readonly found: CostChange;
  readonly query: PageQuery;
  /** What the period of the query is compared with. */
  readonly before: Period;
}) {
  const t = useTranslations("CostChange");
  const rest = found.groups.slice(SHOWN);
  const total = { ...found.bridge, before: found.before.cost, after: found.after.cost };
  return (
    <Table caption={t("byModel")}>
      <thead>
        <tr>
          <HeadCell>{t("model")}</HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("steps.before")}
          </HeadCell>
          {(["volume", "intensity", "mix", "price"] as const).map((name) => (
            <HeadCell key={name} numeric className={WIDE}>
              {t(`steps.${name}`)}
            </HeadCell>
          ))}
          <HeadCell numeric>{t("steps.after")}</HeadCell>
          <HeadCell numeric>{t("change")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {found.groups.slice(0, SHOWN).map((group) => (
          <Row key={JSON.stringify([group.kind, group.provider, group.name])}>
            <RowHead className="max-w-56">
              <Link
                href={pageHref("/events", narrowed(query, group))}
                className="block truncate underline-offset-2 hover:underline"
              >
                {group.name ?? t("unknown")}
              </Link>
            </RowHead>
            <Effects sums={group} query={narrowed(query, group)} before={before} />
          </Row>
        ))}
        {rest.length > 0 && (
          <Row>
            <RowHead className="text-muted">{t("others", { count: rest.length })}</RowHead>
            <Effects
              before={before}
              sums={{
                ...addBridges(rest),
                before: sumUsd(rest.map(({ before }) => before)),
                after: sumUsd(rest.map(({ after }) => after)),
              }}
            />
          </Row>
        )}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium">{t("total")}</RowHead>
          <Effects sums={total} query={query} before={before} />
        </tr>
      </tfoot>
    </Table>
  );
}

function narrowed(query: PageQuery, { kind, provider, name }: CostChangeGroup): PageQuery {
  const own = kind === "model" ? { model: [name], provider: [provider] } : { tool: [name] };
  return { ...query, filters: { ...query.filters, ...own } };
}

function Effects({
  sums,
  query = null,
  before,
}: {
  readonly sums: Sums;
  /** What they are of; null of a rest that no question asks for. */
  readonly query?: PageQuery | null;
  readonly before: Period;
}) {
  return (
    <>
      <Cell numeric className={WIDE}>
        <FigureLink href={query && receiptHref({ ...query, period: before })}>
          <Amount usd={sums.before} />
        </FigureLink>
      </Cell>
      {[sums.volume, sums.intensity, sums.mix, sums.price].map((amount, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the effects stand in a fixed order
        <Cell key={index} numeric className={WIDE}>
          <SignedAmount usd={amount} zero="dash" />
        </Cell>
      ))}
      <Cell numeric>
        <FigureLink href={query && receiptHref(query)}>
          <Amount usd={sums.after} />
        </FigureLink>
      </Cell>
      <Cell numeric>
        <SignedAmount usd={sums.change} zero="dash" />
      </Cell>
    </>
  );
}
