import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { monthBeside, readMonth } from "#app/_statements/read-month.ts";
import { listInvoices } from "#lib/reconciliation/reconcile.ts";
import { InvoiceTable } from "./invoice-table.tsx";
import { Uploader } from "./uploader.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Reconciliation");
  return { title: t("title") };
}

/** Providers' invoices that are held against the ledger, and the way to add one. */
export default async function ReconciliationPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Reconciliation");
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const [{ timeZone }, locale, now, invoices] = await Promise.all([
    currentOrganization(),
    getLocale(),
    requestTime(),
    listInvoices(context().sql, viewer),
  ]);
  const { running } = readMonth(undefined, now, timeZone);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <Uploader month={monthBeside(running, -1)} />
      <Panel
        title={t("invoices")}
        actions={<CsvLink href="/api/v1/export/invoices.csv" what={t("invoices")} />}
      >
        {invoices.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <InvoiceTable invoices={invoices} timeZone={timeZone} locale={locale} />
        )}
      </Panel>
    </>
  );
}
