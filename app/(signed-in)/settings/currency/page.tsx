import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { knownCurrencies } from "#lib/currency/rate-store.ts";
import { readReportingCurrency } from "#lib/currency/reporting-currency.ts";
import { KnownRates } from "./known-rates.tsx";
import { RateImporter } from "./rate-importer.tsx";
import { ReportingForm } from "./reporting-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Currency");
  return { title: t("title") };
}

/** Which currency figures are shown in, and the rates that they are converted by. */
export default async function CurrencyPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Currency");
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const { sql } = context();
  const [known, reporting, now] = await Promise.all([
    knownCurrencies(sql),
    readReportingCurrency(sql),
    requestTime(),
  ]);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      {viewer.role === "admin" ? (
        <ReportingForm currencies={known.map(({ currency }) => currency)} reporting={reporting} />
      ) : (
        <Notice title={`${t("reporting")}: ${reporting}`}>{t("onlyAdmins")}</Notice>
      )}
      <RateImporter />
      <KnownRates known={known} today={now.toISOString().slice(0, 10)} />
    </>
  );
}
