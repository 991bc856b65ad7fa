import Link from "next/link";
import { useTranslations } from "next-intl";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { toChartNumber } from "#app/_format/format-usd.ts";
import type { Period } from "#app/_period/period.ts";
import { pageHref, receiptHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Usd } from "#lib/money/money.ts";
import type { CostChange } from "#lib/reports/cost-change.ts";

const EFFECTS = ["volume", "intensity", "mix", "price"] as const;
/** Where the rows behind an effect are compared: its measure, and what it is broken down by. */
const BEHIND: { readonly [E in (typeof EFFECTS)[number]]: readonly [string, string][] } = {
  volume: [
    ["measure", "model_calls"],
    ["by", "agent"],
  ],
  intensity: [
    ["measure", "tokens"],
    ["by", "agent"],
  ],
  mix: [
    ["measure", "tokens"],
    ["by", "model"],
  ],
  price: [["by", "model"]],
};

type Step = {
  readonly name: "before" | "after" | (typeof EFFECTS)[number];
  readonly amount: Usd;
  /** Where the bar begins and ends. */
  readonly from: Usd;
  readonly to: Usd;
  readonly href: string;
  /** What the amount comes from: the receipt of a sum, what an effect is worked out from. */
  readonly behind: string;
};

/** A waterfall that is a table: each effect a row with its bar, its amount and the way to what is behind it. */
export function BridgeTable({
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
  const steps = stepsOf(found, query, before);
  const ends = steps.flatMap(({ from, to }) => [toChartNumber(from), toChartNumber(to)]);
  const low = Math.min(0, ...ends);
  const scale = (value: Usd) =>
    ((toChartNumber(value) - low) / (Math.max(...ends) - low || 1)) * 100;
  return (
    <Table caption={t("bridge")}>
      <thead className="sr-only">
        <tr>
          <HeadCell>{t("part")}</HeadCell>
          <HeadCell>{t("bar")}</HeadCell>
          <HeadCell numeric>{t("amount")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <Row key={step.name}>
            <RowHead className="w-52">
              <Link href={step.href} className="underline-offset-2 hover:underline">
                {t(`steps.${step.name}`)}
              </Link>
              <span className="hidden text-muted text-xs sm:block">{t(`hints.${step.name}`)}</span>
            </RowHead>
            <Cell className="min-w-24">
              <StepBar step={step} scale={scale} />
            </Cell>
            <Cell numeric className={isTotal(step) ? "font-medium" : ""}>
              <FigureLink href={step.behind}>
                <SignedAmount usd={step.amount} signed={!isTotal(step)} zero="dash" />
              </FigureLink>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function StepBar({ step, scale }: { readonly step: Step; readonly scale: (value: Usd) => number }) {
  const [start, end] = [scale(step.from), scale(step.to)].toSorted((a, b) => a - b);
  const left = start ?? 0;
  const look = isTotal(step)
    ? "bg-(--chart-other)"
    : step.amount > 0n
      ? "bg-(--chart-1)"
      : "bg-(--chart-2)";
  return (
    <div className="relative h-4" aria-hidden>
      <div
        className={`absolute inset-y-0 rounded-sm ${look}`}
        style={{
          left: `${left}%`,
          width: step.amount === 0n ? 0 : `max(2px, ${(end ?? left) - left}%)`,
        }}
      />
    </div>
  );
}

function stepsOf(
  { before: sumsBefore, after: sumsAfter, bridge }: CostChange,
  query: PageQuery,
  before: Period,
): readonly Step[] {
  const nothing = 0n as Usd;
  const steps: Step[] = [
    {
      ...{ name: "before", amount: sumsBefore.cost, from: nothing, to: sumsBefore.cost },
      href: pageHref("/events", { ...query, period: before }),
      behind: receiptHref({ ...query, period: before }),
    },
  ];
  let reached = sumsBefore.cost;
  for (const name of EFFECTS) {
    const to = (reached + bridge[name]) as Usd;
    const pairs: [string, string][] = [...BEHIND[name], ["compare", "1"]];
    const href = pageHref("/explore", query, pairs);
    steps.push({ name, amount: bridge[name], from: reached, to, href, behind: href });
    reached = to;
  }
  return [
    ...steps,
    {
      ...{ name: "after", amount: sumsAfter.cost, from: nothing, to: sumsAfter.cost },
      href: pageHref("/events", query),
      behind: receiptHref(query),
    },
  ];
}

function isTotal({ name }: Step): boolean {
  return name === "before" || name === "after";
}
