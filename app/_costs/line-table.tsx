import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { CostLine } from "#lib/close/cost-lines.ts";
import { sumOfLines } from "#lib/close/statement-line.ts";
import type { Costs } from "#lib/cost-model/costs.ts";
import { COST_BASES, type CostBasis } from "#lib/reports/usage-query.ts";
import { type LinesShown, lineReceiptHref } from "./line-links.ts";

/** Lines of what teams cost, each amount leading to its receipt, and their sum. */
export function LineTable({
  lines,
  shown,
  isOfAll,
}: {
  readonly lines: readonly CostLine[];
  readonly shown: LinesShown;
  readonly isOfAll: boolean;
}) {
  const t = useTranslations("CostLines");
  const kinds = useTranslations("CostModels.lines");
  const costs = useTranslations("Costs");
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("line")}</HeadCell>
          {isOfAll && <HeadCell>{t("team")}</HeadCell>}
          <HeadCell className="hidden sm:table-cell">{t("center")}</HeadCell>
          {COST_BASES.map((basis) => (
            <HeadCell key={basis} numeric className={widthOf(basis, shown.costBasis)}>
              {costs(`names.${basis}`)}
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row key={JSON.stringify({ ...line, costs: null, tokens: null, unpricedCalls: null })}>
            <RowHead>
              {kinds(line.kind)} <span className="text-muted">{aboutOf(line)}</span>
            </RowHead>
            {isOfAll && <Cell>{line.team}</Cell>}
            <Cell className="hidden text-muted sm:table-cell">{line.costCenter ?? "–"}</Cell>
            <CostCells costs={line.costs} shown={shown} line={line} />
          </Row>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium">{t("sum")}</RowHead>
          {isOfAll && <Cell />}
          <Cell className="hidden sm:table-cell" />
          <CostCells costs={sumOfLines(lines)} shown={shown} line={null} />
        </tr>
      </tfoot>
    </Table>
  );
}

/** The model of usage, or the charge or shared cost. */
function aboutOf({ chargeName, poolName, provider, model }: CostLine): string {
  return chargeName ?? poolName ?? [provider, model].filter((name) => name !== null).join(" · ");
}

function CostCells({
  costs,
  shown,
  line,
}: {
  readonly costs: Costs;
  readonly shown: LinesShown;
  /** Null: their sum, whose receipts the lines are. */
  readonly line: CostLine | null;
}) {
  return COST_BASES.map((basis) => (
    <Cell key={basis} numeric className={widthOf(basis, shown.costBasis)}>
      {costs[basis] === 0n ? (
        <span className="text-faint">–</span>
      ) : (
        <FigureLink href={line && lineReceiptHref({ ...shown, costBasis: basis }, line)}>
          <Amount usd={costs[basis]} />
        </FigureLink>
      )}
    </Cell>
  ));
}

/** A phone has room for the cost that is chosen. */
function widthOf(basis: CostBasis, chosen: CostBasis): string {
  return basis === chosen ? "" : "hidden text-muted lg:table-cell";
}
