import { useTranslations } from "next-intl";
import { Suspense } from "react";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import type { PageQuery } from "#app/_query/page-query.ts";
import { requestTime } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { type InReporting, teamCostsInReporting, usageInReporting } from "./in-reporting.ts";
import { InReportingCurrency, ReportingRate } from "./reporting-rate.tsx";

type Input = { readonly scope: ReadScope; readonly query: PageQuery };

/** What a page's usage comes to in the reporting currency; nothing while that is the dollar. */
export function UsageInReporting(input: Input) {
  return (
    <PanelBoundary>
      <Suspense fallback={null}>
        <Usage {...input} />
      </Suspense>
    </PanelBoundary>
  );
}

/** The same of all that teams cost. */
export function TeamCostsInReporting(input: Input & { readonly teams?: readonly string[] }) {
  return (
    <PanelBoundary>
      <Suspense fallback={null}>
        <TeamCosts {...input} />
      </Suspense>
    </PanelBoundary>
  );
}

async function Usage({ scope, query }: Input) {
  const reporting = await usageInReporting(scope, query, await requestTime());
  return reporting && <ReportingLine reporting={reporting} />;
}

async function TeamCosts({
  scope,
  query: { period, costBasis = "effective" },
  teams,
}: Input & { readonly teams?: readonly string[] }) {
  const asked = { period, basis: costBasis, ...(teams && { teams }) };
  const reporting = await teamCostsInReporting(scope, asked, await requestTime());
  return reporting && <ReportingLine reporting={reporting} />;
}

function ReportingLine({ reporting: { currency, amount, rate } }: { reporting: InReporting }) {
  const t = useTranslations("Currency");
  return (
    <p className="figures flex flex-wrap items-center gap-x-3 text-muted text-xs">
      {amount !== null && (
        <span className="font-medium text-text">
          {t("total")} <InReportingCurrency amount={amount} currency={currency} />
        </span>
      )}
      <ReportingRate currency={currency} rate={amount === null ? null : rate} />
    </p>
  );
}
