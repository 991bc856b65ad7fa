import Link from "next/link";
import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Cell, HeadCell, Row, RowHead } from "#app/_components/table.tsx";
import { daysPairs, hrefWith } from "#app/_query/links.ts";
import type { Month } from "#lib/close/month.ts";
import type { Statement } from "#lib/close/read-statement.ts";
import type { StatementLine } from "#lib/close/statement-line.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { StatementSection } from "./statement-section.tsx";

/** Charges, idle parts, shares and the markup. */
export function FixedSection({
  statement: { fixed, of, month },
}: {
  readonly statement: Statement;
}) {
  const t = useTranslations("Statements");
  if (fixed.length === 0) return null;
  return (
    <StatementSection title={t("fixed")} note={t("fixedNote")}>
      <thead>
        <tr>
          <HeadCell>{t("about")}</HeadCell>
          <HeadCell>{t("line")}</HeadCell>
          <HeadCell numeric>{t("billed")}</HeadCell>
          <HeadCell numeric>{t("effective")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {fixed.map(({ kind, chargeId, chargeName, poolId, poolName, costs }) => (
          <Row key={JSON.stringify([kind, chargeId, poolId])}>
            <RowHead>{chargeName ?? poolName ?? t(`lines.${kind}`)}</RowHead>
            <Cell className="text-muted">{t(`lines.${kind}`)}</Cell>
            <Cell numeric>
              <Amount usd={costs.billed} />
            </Cell>
            <Cell numeric>
              {of.kind === "team" ? (
                <Link
                  href={receiptHref(of.value, month, { kind, chargeId, poolId })}
                  prefetch={false}
                  className="underline-offset-2 hover:underline"
                >
                  <Amount usd={costs.effective} />
                </Link>
              ) : (
                <Amount usd={costs.effective} />
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </StatementSection>
  );
}

/** How a line of the month came about, day by day. */
function receiptHref(
  team: string,
  { first, end }: Month,
  { kind, chargeId, poolId }: Pick<StatementLine, "kind" | "chargeId" | "poolId">,
): string {
  return hrefWith(`/cost-models/${encodeURIComponent(team)}/receipt`, [
    ["line", kind],
    ...(chargeId === null ? [] : [["charge", chargeId] as [string, string]]),
    ...(poolId === null ? [] : [["pool", poolId] as [string, string]]),
    ...daysPairs(dayText(first), dayText(end - 1)),
  ]);
}
