import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Cell, HeadCell, Row, RowHead } from "#app/_components/table.tsx";
import type { Statement } from "#lib/close/read-statement.ts";
import { StatementSection } from "./statement-section.tsx";

/** Charges, idle parts, shares and the markup. */
export function FixedSection({ statement: { fixed } }: { readonly statement: Statement }) {
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
              <Amount usd={costs.effective} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </StatementSection>
  );
}
