import { getLocale, getTranslations } from "next-intl/server";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatDays } from "#app/_format/format-time.ts";
import { ApplyForm } from "#app/_history/apply-form.tsx";
import { ChangeTables } from "#app/_history/change-tables.tsx";
import { ChangeTotals } from "#app/_history/change-totals.tsx";
import { type HistoryFormQuery, historyChoiceOf } from "#app/_history/history-query.ts";
import { rowsHref } from "#app/_history/rows-href.ts";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context } from "#app/_server/context.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { closedMonths } from "#lib/close/closed-months.ts";
import { AppError } from "#lib/errors.ts";
import { previewRepricing } from "#lib/repricing/preview.ts";
import { applyRepricingAction } from "./actions.ts";

/** What would change, and the way to change it. */
export async function RepricingPreviewPanel({
  query,
  timeZone,
  now,
  isBusy,
}: {
  readonly query: HistoryFormQuery;
  readonly timeZone: string;
  readonly now: Date;
  /** Whether a run changes history right now. */
  readonly isBusy: boolean;
}) {
  const [t, locale] = await Promise.all([getTranslations("History"), getLocale()]);
  const choice = choiceOf(query, timeZone, now);
  if (choice instanceof AppError)
    return <Notice tone="danger" title={await refusalWords(choice)} />;
  const { filter, period } = choice;
  const { sql } = context();
  const [{ total, changes }, closed, reporting] = await Promise.all([
    previewRepricing(sql, filter, period),
    closedMonths(sql, period.from, period.to, timeZone),
    reportingRates({ ...period, timeZone }, now),
  ]);
  const days = formatDays(period.from, period.to, locale, timeZone);
  if (changes.length === 0) {
    return (
      <Panel title={t("whatChanges")} note={days}>
        <Empty title={t("nothing")}>{t("nothingHint")}</Empty>
      </Panel>
    );
  }
  return (
    <>
      <Panel title={t("whatChanges")} note={days}>
        <ChangeTotals sums={total} reporting={reporting} />
        <div className="border-line border-t px-4 py-3">
          {closed.length > 0 ? (
            <Notice tone="warn" title={t("closed", { months: closed.join(", ") })}>
              {t("closedHint")}
            </Notice>
          ) : (
            <ApplyForm action={applyRepricingAction} query={query} isBusy={isBusy} />
          )}
        </div>
      </Panel>
      <ChangeTables
        {...{ changes, timeZone, locale }}
        rowsOf={rowsHref(period, filter, timeZone)}
      />
    </>
  );
}

function choiceOf(query: HistoryFormQuery, timeZone: string, now: Date) {
  try {
    return historyChoiceOf(query, timeZone, now);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
