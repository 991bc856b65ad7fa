import { useLocale, useTranslations } from "next-intl";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { Alert } from "#lib/budget-control/list-crossings.ts";
import { isStanding } from "#lib/budgets/crossings.ts";
import { SpentOf } from "../spent-of.tsx";

const REASONS = ["higher", "carried", "known", "muted", "over"] as const;
const SHOWN = 50;

/** What fired, when and why; and what was kept silent, and why. */
export function AlertsPanel({
  budgetId,
  alerts,
  unit,
  timeZone,
}: {
  readonly budgetId: string;
  readonly alerts: readonly Alert[];
  readonly unit: string;
  readonly timeZone: string;
}) {
  const t = useTranslations("Budgets");
  return (
    <Panel
      title={t("alerts")}
      actions={
        <CsvLink href={`/api/v1/export/budget-alerts.csv?id=${budgetId}`} what={t("alerts")} />
      }
    >
      {alerts.length === 0 ? (
        <Empty title={t("noAlerts")}>{t("noAlertsHint")}</Empty>
      ) : (
        <Table caption={t("alerts")}>
          <thead>
            <tr>
              <HeadCell>{t("threshold")}</HeadCell>
              <HeadCell>{t("when")}</HeadCell>
              <HeadCell numeric>{t("spent")}</HeadCell>
              <HeadCell>{t("told")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {alerts.slice(0, SHOWN).map((alert) => (
              <AlertRow key={alert.id} alert={alert} unit={unit} timeZone={timeZone} />
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

function AlertRow({
  alert,
  unit,
  timeZone,
}: {
  readonly alert: Alert;
  readonly unit: string;
  readonly timeZone: string;
}) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { basis, percent, crossedAt, spent, limit, uncrossedAt, recrossedAt } = alert;
  const stands = isStanding({
    uncrossedAt: uncrossedAt?.getTime() ?? null,
    recrossedAt: recrossedAt?.getTime() ?? null,
  });
  return (
    <Row>
      <RowHead className="whitespace-nowrap">{t(`bases.${basis}`, { percent })}</RowHead>
      <Cell className="whitespace-nowrap">{formatMoment(crossedAt, locale, timeZone)}</Cell>
      <Cell numeric>
        <SpentOf spent={spent} limit={limit} unit={unit} />
      </Cell>
      <Cell className="min-w-32">
        <Told alert={alert} timeZone={timeZone} />
        {!stands && uncrossedAt !== null && (
          <p className="text-muted text-xs">
            {t("uncrossed", { time: formatMoment(uncrossedAt, locale, timeZone) })}
          </p>
        )}
      </Cell>
    </Row>
  );
}

function Told({ alert, timeZone }: { readonly alert: Alert; readonly timeZone: string }) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { sentAt, heldUntil, silentBecause } = alert;
  if (sentAt !== null) return <>{t("sent")}</>;
  const reason = REASONS.find((name) => name === silentBecause);
  if (reason !== undefined) return <span className="text-muted">{t(`silence.${reason}`)}</span>;
  if (heldUntil === null) return <>–</>;
  return <>{t("held", { time: formatMoment(heldUntil, locale, timeZone) })}</>;
}
