import { useTranslations } from "next-intl";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { Cell, HeadCell, Row, RowHead } from "#app/_components/table.tsx";
import type { Statement } from "#lib/close/read-statement.ts";
import { hasCosts } from "#lib/cost-model/costs.ts";
import { StatementSection } from "./statement-section.tsx";

/** What was booked beside the ledger, with its reason. */
export function AdjustmentSection({
  statement: { entries, carried },
}: {
  readonly statement: Statement;
}) {
  const t = useTranslations("Statements");
  const reasons = useTranslations("Journal");
  if (entries.length === 0 && !hasCosts(carried)) return null;
  return (
    <StatementSection title={t("adjustments")}>
      <thead>
        <tr>
          <HeadCell>{t("reason")}</HeadCell>
          <HeadCell>{t("reference")}</HeadCell>
          <HeadCell numeric>{t("billed")}</HeadCell>
          <HeadCell numeric>{t("effective")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ id, reason, note, reference, sourceMonth, subject }) => (
          <Row key={id}>
            <RowHead>
              {reasons(`reasons.${reason}`)}
              <span className="block text-muted text-xs">
                {note ||
                  [subject.provider, subject.model].filter((word) => word !== null).join(" · ")}
              </span>
            </RowHead>
            <Cell className="text-muted">
              {reference || (sourceMonth !== null && reasons("about", { month: sourceMonth }))}
            </Cell>
            <Cell numeric>
              <SignedAmount usd={subject.costs.billed} />
            </Cell>
            <Cell numeric>
              <SignedAmount usd={subject.costs.effective} />
            </Cell>
          </Row>
        ))}
        {hasCosts(carried) && (
          <Row>
            <RowHead>{t("carried")}</RowHead>
            <Cell />
            <Cell numeric>
              <SignedAmount usd={carried.billed} />
            </Cell>
            <Cell numeric>
              <SignedAmount usd={carried.effective} />
            </Cell>
          </Row>
        )}
      </tbody>
    </StatementSection>
  );
}
