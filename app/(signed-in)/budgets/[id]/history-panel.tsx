import { useLocale, useTranslations } from "next-intl";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatDays } from "#app/_format/format-time.ts";
import type { BudgetDetail } from "#lib/budget-control/read-budgets.ts";
import { BudgetAmount } from "../budget-amount.tsx";
import { spentReceiptHref } from "./spent-links.ts";

const SHOWN = 24;

/** How the periods before went: what each opened with, spent and closed with. */
export function HistoryPanel({ detail }: { readonly detail: BudgetDetail }) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { history, status, timeZone } = detail;
  const unit = status.budget.unit;
  return (
    <Panel
      title={t("history")}
      actions={
        <CsvLink
          href={`/api/v1/export/budget-history.csv?id=${status.budget.id}`}
          what={t("history")}
        />
      }
    >
      {history.length === 0 ? (
        <Empty title={t("noHistory")}>{t("noHistoryHint")}</Empty>
      ) : (
        <Table caption={t("history")}>
          <thead>
            <tr>
              <HeadCell>{t("period")}</HeadCell>
              <HeadCell numeric>{t("opening")}</HeadCell>
              <HeadCell numeric>{t("limit")}</HeadCell>
              <HeadCell numeric>{t("spent")}</HeadCell>
              <HeadCell numeric>{t("closing")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {history
              .toReversed()
              .slice(0, SHOWN)
              .map(({ start, end, opening, limit, spent, closing }) => (
                <Row key={start}>
                  <RowHead className="whitespace-nowrap">
                    {formatDays(new Date(start), new Date(end), locale, timeZone)}
                  </RowHead>
                  <Cell numeric>
                    <BudgetAmount amount={opening} unit={unit} />
                  </Cell>
                  <Cell numeric>
                    <BudgetAmount amount={limit} unit={unit} />
                  </Cell>
                  <Cell numeric>
                    <FigureLink href={spentReceiptHref(detail, { start, end })}>
                      <BudgetAmount amount={spent} unit={unit} />
                    </FigureLink>
                  </Cell>
                  <Cell numeric className={closing < 0n ? "text-danger" : ""}>
                    <BudgetAmount amount={closing} unit={unit} />
                  </Cell>
                </Row>
              ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
