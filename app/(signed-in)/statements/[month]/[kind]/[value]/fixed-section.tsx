import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Cell, HeadCell, Row, RowHead } from "#app/_components/table.tsx";
import type { Statement } from "#lib/close/read-statement.ts";
import { fixedLineHref } from "./statement-links.ts";
import { StatementSection } from "./statement-section.tsx";

/** Charges, idle parts, shares and the markup. */
export function FixedSection({ statement }: { readonly statement: Statement }) {
  const { fixed } = statement;
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
              <FigureLink href={fixedLineHref(statement, { kind, chargeId, poolId }, "billed")}>
                <Amount usd={costs.billed} />
              </FigureLink>
            </Cell>
            <Cell numeric>
              <FigureLink href={fixedLineHref(statement, { kind, chargeId, poolId }, "effective")}>
                <Amount usd={costs.effective} />
              </FigureLink>
            </Cell>
          </Row>
        ))}
      </tbody>
    </StatementSection>
  );
}
