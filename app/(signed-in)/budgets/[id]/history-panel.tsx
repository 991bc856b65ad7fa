import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatDays } from "#app/_format/format-time.ts";
import type { BudgetDetail } from "#lib/budget-control/read-budgets.ts";

const SHOWN = 24;

/** How the periods before went: what each opened with, spent and closed with. */
export function HistoryPanel({ detail }: { readonly detail: BudgetDetail }) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { history, status, timeZone } = detail;
  const unit = status.budget.unit;
  return (
    <Panel title={t("history")}>
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
                  {[opening, limit, spent].map((value, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: three columns in one order
                    <Cell key={index} numeric>
                      {formatBudgetAmount(value, unit, locale)}
                    </Cell>
                  ))}
                  <Cell numeric className={closing < 0n ? "text-danger" : ""}>
                    {formatBudgetAmount(closing, unit, locale)}
                  </Cell>
                </Row>
              ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
