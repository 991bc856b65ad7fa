import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { AsOf } from "#app/_components/as-of.tsx";
import { buttonClass } from "#app/_components/button.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatUntil } from "#app/_format/format-time.ts";
import { TodayRateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingToday } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { mayApprove, mayChange } from "#lib/budget-control/budget-access.ts";
import { isAsker, listIncreases } from "#lib/budget-control/increases.ts";
import { listCrossings } from "#lib/budget-control/list-crossings.ts";
import { type BudgetDetail, budgetDetail } from "#lib/budget-control/read-budgets.ts";
import { AppError } from "#lib/errors.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { PeriodText, ScopeText } from "../scope-text.tsx";
import { StateBadge } from "../state-badge.tsx";
import { AlertsPanel } from "./alerts-panel.tsx";
import { ArchiveButton } from "./archive-button.tsx";
import { budgetMarks } from "./budget-marks.ts";
import { BurnUpPanel } from "./burn-up-panel.tsx";
import { Figures } from "./figures.tsx";
import { HierarchyPanel } from "./hierarchy-panel.tsx";
import { HistoryPanel } from "./history-panel.tsx";
import type { ShownIncrease } from "./increase-line.tsx";
import { IncreasePanel } from "./increase-panel.tsx";
import { MutePanel } from "./mute-panel.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Budgets");
  return { title: t("budget") };
}

/** One budget: where it stands, where it is heading, what it told and how it went before. */
export default async function BudgetPage({ params }: PageInput<{ readonly id: string }>) {
  const viewer = await requireViewer();
  const [{ id }, t, locale, at] = [
    await params,
    await getTranslations("Budgets"),
    await getLocale(),
    await requestTime(),
  ];
  const now = at.getTime();
  const detail = await readDetail(viewer, id, now);
  const { status, mute, timeZone } = detail;
  const { budget } = status;
  const [alerts, increases, reporting] = await Promise.all([
    listCrossings(context().sql, budget.id),
    shownIncreases(viewer, budget, timeZone, locale, now),
    budget.unit === CURRENCY ? reportingToday(at) : null,
  ]);
  const muted =
    mute === null
      ? null
      : t("mutedBy", {
          by: mute.by,
          reason: mute.reason,
          until: formatUntil(new Date(mute.endsAt), locale, timeZone),
        });
  return (
    <>
      <PageHeader
        title={
          <span className="inline-flex flex-wrap items-center gap-2.5">
            {budget.name} <StateBadge state={status.state} />
          </span>
        }
        note={
          <>
            <ScopeText budget={budget} /> ·{" "}
            <PeriodText period={budget.period} calendar={budget.calendar} />
            {budget.owner !== null && ` · ${t("ownedBy", { owner: budget.owner })}`} ·{" "}
            {t(budget.unit === "tokens" ? "tokens" : budget.costBasis)} · {timeZone} · <AsOf />
          </>
        }
      >
        {mayChange(viewer, budget) && (
          <>
            <ArchiveButton id={budget.id} />
            <Link href={`/budgets/${budget.id}/edit`} className={buttonClass()}>
              {t("edit")}
            </Link>
          </>
        )}
      </PageHeader>
      {reporting && <TodayRateNote reporting={reporting} />}
      <Figures detail={detail} rate={reporting?.rate ?? null} />
      <BurnUpPanel detail={detail} now={now} marks={await budgetMarks(viewer, detail)} />
      <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
        <div className="flex flex-col gap-5">
          <AlertsPanel
            budgetId={budget.id}
            alerts={alerts}
            unit={budget.unit}
            timeZone={timeZone}
          />
          <HierarchyPanel detail={detail} />
          {mayChange(viewer, budget) && (
            <Panel title={t("silenceTitle")}>
              <MutePanel id={budget.id} muted={muted} />
            </Panel>
          )}
        </div>
        <div className="flex flex-col gap-5">
          <HistoryPanel detail={detail} />
          <Panel title={t("increases")} note={t("increasesNote")}>
            <IncreasePanel
              id={budget.id}
              increases={increases}
              mayApprove={mayApprove(viewer, budget)}
            />
          </Panel>
        </div>
      </div>
    </>
  );
}

async function readDetail(viewer: Viewer, id: string, now: number): Promise<BudgetDetail> {
  try {
    return await budgetDetail(context().sql, viewer, id, now);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

async function shownIncreases(
  viewer: Viewer,
  { id, unit }: BudgetDetail["status"]["budget"],
  timeZone: string,
  locale: string,
  now: number,
): Promise<ShownIncrease[]> {
  const increases = await listIncreases(context().sql, id);
  return increases.slice(0, 10).map((increase) => ({
    id: increase.id,
    amount: formatBudgetAmount(increase.amount, unit, locale),
    reason: increase.reason,
    status: increase.status,
    until: formatUntil(increase.endsAt, locale, timeZone),
    by: increase.requestedBy,
    decidedBy: increase.decidedBy,
    note: increase.decisionNote,
    isOwn: isAsker(viewer, increase),
    isOpen: increase.endsAt.getTime() > now,
  }));
}
