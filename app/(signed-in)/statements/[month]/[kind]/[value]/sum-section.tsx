import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Cell, HeadCell, Row, RowHead } from "#app/_components/table.tsx";
import type { Statement } from "#lib/close/read-statement.ts";
import { sumOfLines } from "#lib/close/statement-line.ts";
import { STATEMENT_PARTS, type StatementPart } from "#lib/close/statement-rows.ts";
import { type Costs, hasCosts } from "#lib/cost-model/costs.ts";
import type { LineKind } from "#lib/cost-model/team-lines.ts";
import { statementLinesHref } from "./statement-links.ts";
import { StatementSection } from "./statement-section.tsx";

const COSTS = ["list", "contracted", "effective", "billed"] as const;

/** The four costs by part, and what they come to. */
export function SumSection({ statement }: { readonly statement: Statement }) {
  const { lines, total } = statement;
  const t = useTranslations("Statements");
  if (lines.length === 0) return <Empty title={t("none")}>{t("noneHint")}</Empty>;
  const parts = (Object.keys(STATEMENT_PARTS) as StatementPart[])
    .map((part) => {
      const kinds: readonly string[] = STATEMENT_PARTS[part];
      return { part, costs: sumOfLines(lines.filter(({ kind }) => kinds.includes(kind))) };
    })
    .filter(({ costs }) => hasCosts(costs));
  return (
    <StatementSection title={t("sum")} note={t("sumNote")}>
      <thead>
        <tr>
          <HeadCell>{t("line")}</HeadCell>
          {COSTS.map((cost) => (
            <HeadCell key={cost} numeric>
              {t(cost)}
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {parts.map(({ part, costs }) => (
          <Row key={part}>
            <RowHead>{t(`parts.${part}`)}</RowHead>
            <CostCells costs={costs} statement={statement} kinds={STATEMENT_PARTS[part]} />
          </Row>
        ))}
        <Row className="font-semibold">
          <RowHead className="font-semibold">{t("sum")}</RowHead>
          <CostCells costs={total} statement={statement} />
        </Row>
      </tbody>
    </StatementSection>
  );
}

function CostCells({
  costs,
  statement,
  kinds,
}: {
  readonly costs: Costs;
  readonly statement: Statement;
  /** Of all lines when left out. */
  readonly kinds?: readonly LineKind[];
}) {
  return COSTS.map((cost) => (
    <Cell key={cost} numeric>
      <FigureLink href={statementLinesHref(statement, kinds === undefined ? {} : { kinds }, cost)}>
        <Amount usd={costs[cost]} />
      </FigureLink>
    </Cell>
  ));
}
