import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { buttonClass } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatDays, formatMoment } from "#app/_format/format-time.ts";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import {
  type HistoryRun,
  hasUnwrittenRows,
  isOpen,
  progressOf,
  runChanges,
} from "#lib/history-runs/history-run.ts";
import { differenceOf } from "#lib/history-runs/summarise.ts";
import type { Usd } from "#lib/money/money.ts";
import { CancelForm } from "./cancel-form.tsx";
import { ChangeTables } from "./change-tables.tsx";
import { ChangeTotals } from "./change-totals.tsx";
import { formatDifferenceExact } from "./difference.tsx";
import { RefreshWhileOpen } from "./refresh-while-open.tsx";
import { rowsHref } from "./rows-href.ts";
import { RunState } from "./run-state.tsx";
import { filterInWords } from "./run-table.tsx";

/** A run of either sort: its state, its totals, and what it changed by day, team and model. */
export async function RunPage({
  run,
  title,
  base,
  children,
}: {
  readonly run: HistoryRun;
  readonly title: string;
  readonly base: string;
  /** What can be done with it. */
  readonly children?: ReactNode;
}) {
  const [t, locale, { timeZone }, now, changes, isUnwritten] = await Promise.all([
    getTranslations("History"),
    getLocale(),
    currentOrganization(),
    requestTime(),
    runChanges(context().sql, run.id),
    hasUnwrittenRows(context().sql, run.id),
  ]);
  const reporting = await reportingRates({ from: run.from, to: run.to, timeZone }, now);
  const by = t("by", {
    name: run.requestedBy,
    time: formatMoment(run.requestedAt, locale, timeZone),
  });
  return (
    <>
      <PageHeader title={`${title} ${run.id}`} note={by}>
        <Link href={base} className={buttonClass("ghost")}>
          {t("runs")}
        </Link>
      </PageHeader>
      {run.state === "failed" && <Notice tone="danger" title={run.error ?? t("states.failed")} />}
      {run.state === "cancelled" && run.mode === "apply" && (
        <Notice tone="warn" title={t("cancelled")} />
      )}
      {run.state === "done" && isUnwritten && <Notice title={t("unwritten")} />}
      <Panel
        title={<RunState run={run} />}
        note={[formatDays(run.from, run.to, locale, timeZone), filterInWords(run.filter)]
          .filter((part) => part !== "")
          .join(" · ")}
      >
        {isOpen(run) && (
          <>
            <RefreshWhileOpen />
            <progress className="block h-1 w-full" max={1} value={progressOf(run)}>
              {Math.floor(progressOf(run) * 100)} %
            </progress>
          </>
        )}
        <ChangeTotals sums={run} reporting={reporting} />
        {isOpen(run) && <CancelForm run={`${run.id}`} kind={run.kind} />}
        <Expected run={run} locale={locale} words={t("expected")} />
        {children}
      </Panel>
      {changes.length > 0 && (
        <ChangeTables
          changes={changes}
          timeZone={timeZone}
          locale={locale}
          byTeamPair={run.kind === "reallocate"}
          rowsOf={rowsHref(run, run.filter, timeZone)}
        />
      )}
    </>
  );
}

/** The preview that the run was asked for with; it differs where events came in meanwhile. */
function Expected({
  run,
  locale,
  words,
}: {
  readonly run: HistoryRun;
  readonly locale: string;
  readonly words: string;
}) {
  if (run.expected === null || run.kind !== "reprice") return null;
  const difference = differenceOf(run.expected) as Usd;
  return (
    <p className="border-line border-t px-4 py-2 text-muted text-xs">
      {words} <span className="figures">{formatDifferenceExact(difference, locale)}</span>
    </p>
  );
}
