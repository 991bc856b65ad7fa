import { useLocale, useTranslations } from "next-intl";
import { MarkerList } from "#app/_charts/marker-list.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelDetails } from "#app/_components/panel-details.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatDays } from "#app/_format/format-time.ts";
import type { BudgetDetail } from "#lib/budget-control/read-budgets.ts";
import type { BudgetMark } from "./budget-marks.ts";
import { BurnUpChart } from "./burn-up-chart.tsx";
import { burnUpOf } from "./burn-up-data.ts";
import { spentDaysHref } from "./spent-links.ts";

/** The running period as a picture, with the same figures as a table. */
export function BurnUpPanel({
  detail,
  now,
  marks,
}: {
  readonly detail: BudgetDetail;
  readonly now: number;
  readonly marks: readonly BudgetMark[];
}) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { status, timeZone } = detail;
  const { period, budget, spent, limit } = status;
  const data = burnUpOf(detail, now, locale);
  const amount = (value: typeof spent) => formatBudgetAmount(value, budget.unit, locale);
  const days = formatDays(new Date(period.start), new Date(period.end), locale, timeZone);
  const csvHref = spentDaysHref(detail);
  const description = t("chartDescription", {
    days,
    spent: amount(spent),
    limit: amount(limit.total),
  });
  return (
    <Panel
      title={t("burnUp")}
      note={days}
      actions={csvHref !== null && <CsvLink href={csvHref} what={t("burnUp")} />}
    >
      <ul className="flex flex-wrap gap-x-5 gap-y-1 px-4 pt-3 text-muted text-xs">
        <Key label={t("spent")} line="border-t-[3px] border-solid" color="var(--chart-1)" />
        <Key label={t("pace")} line="border-t-2 border-dashed" color="var(--faint)" />
        {status.forecast !== null && (
          <Key label={t("forecastBand")} line="border-t-2 border-dotted" color="var(--chart-1)" />
        )}
      </ul>
      <div className="px-2 pb-2">
        <BurnUpChart data={data} description={description} marks={marks} />
      </div>
      {marks.length > 0 && (
        <div className="px-4 pb-3">
          <MarkerList
            marks={marks.map((mark) => ({ ...mark, at: data.points[mark.index]?.label ?? "" }))}
          />
        </div>
      )}
      {status.forecast === null && (
        <p className="px-4 pb-3 text-muted text-xs">{t(`maturity.${status.maturity}`)}</p>
      )}
      <PanelDetails summary={t("asTable")} isQuiet>
        <Table caption={t("burnUp")}>
          <thead>
            <tr>
              <HeadCell>{t("day")}</HeadCell>
              <HeadCell numeric>{t("spent")}</HeadCell>
              <HeadCell numeric>{t("forecast")}</HeadCell>
              <HeadCell numeric>{t("band")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {data.points.map((point) => (
              <Row key={point.label}>
                <RowHead>{point.label}</RowHead>
                <Cell numeric>{point.spentText ?? "–"}</Cell>
                <Cell numeric>{point.expectedText ?? "–"}</Cell>
                <Cell numeric>{point.bandText ?? "–"}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </PanelDetails>
    </Panel>
  );
}

function Key({
  label,
  line,
  color,
}: {
  readonly label: string;
  readonly line: string;
  readonly color: string;
}) {
  return (
    <li className="flex items-center gap-2">
      <span className={`w-5 ${line}`} style={{ borderColor: color }} aria-hidden />
      {label}
    </li>
  );
}
