import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { AsOf } from "#app/_components/as-of.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PagePeriod } from "#app/_components/page-period.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import type { Period } from "#app/_period/period.ts";
import { hrefWith, periodQuestion } from "#app/_query/links.ts";
import { readPageQuery } from "#app/_query/page-query.ts";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { ExportName } from "#lib/exports/export-list.ts";
import { planOrPay } from "#lib/reports/plan-or-pay.ts";
import { MOST_SHOWN, PeoplePanel } from "./people-panel.tsx";
import { PlanPanel } from "./plan-panel.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("PlanOrPay");
  return { title: t("title") };
}

/** Whether seats and subscriptions pay, against the same usage by the API. */
export default async function PlanOrPayPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [{ period }, t] = await Promise.all([readPageQuery(params), getTranslations("PlanOrPay")]);
  return (
    <>
      <PageHeader
        title={t("title")}
        note={
          <>
            {t("note", { zone: period.timeZone })} <AsOf />
          </>
        }
      >
        <PagePeriod period={period} />
      </PageHeader>
      <PanelBoundary>
        <Suspense key={JSON.stringify(params)} fallback={<PanelSkeleton height={420} />}>
          <Panels viewer={viewer} period={period} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function Panels({ viewer, period }: { readonly viewer: Viewer; readonly period: Period }) {
  const [{ plans, people, uncovered }, reporting] = await Promise.all([
    planOrPay(context().sql, viewer, { from: period.from, to: period.to }, MOST_SHOWN + 1),
    reportingRates(period, await requestTime()),
  ]);
  const rate = reporting?.rates.on(reporting.currency, reporting.lastDay) ?? null;
  const fileOf = (name: ExportName) =>
    hrefWith(`/api/v1/export/${name}.csv`, periodQuestion(period).slice(0, 2));
  return (
    <>
      {reporting && <RateNote of="period" reporting={reporting} />}
      <PlanPanel
        csvHref={fileOf("plan-or-pay")}
        rate={rate}
        plans={plans}
        uncovered={uncovered}
        period={period}
        viewer={viewer}
      />
      <PeoplePanel
        csvHref={fileOf("plan-people")}
        rate={rate}
        people={people}
        persons={viewer.persons}
        period={period}
      />
    </>
  );
}
