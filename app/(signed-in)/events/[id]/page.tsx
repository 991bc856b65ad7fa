import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { eventReceipt } from "#lib/reports/receipt.ts";
import { AllocationNote } from "./allocation-note.tsx";
import { CallBudgets } from "./call-budgets.tsx";
import { CostModelNote } from "./cost-model-note.tsx";
import { EventFacts } from "./event-facts.tsx";
import { FormerFilings } from "./former-filings.tsx";
import { ReceiptTable } from "./receipt-table.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Receipt");
  return { title: t("title") };
}

/** How one event came to its cost, and everything known of it. */
export default async function ReceiptPage({ params }: PageInput<{ readonly id: string }>) {
  const viewer = await requireViewer();
  const { id } = await params;
  const receipt = await eventReceipt(context().sql, viewer, id);
  if (receipt === null) notFound();
  const { event } = receipt;
  const [{ timeZone }, locale, t, now] = await Promise.all([
    currentOrganization(),
    getLocale(),
    getTranslations("Receipt"),
    requestTime(),
  ]);
  const from = event.startedAt;
  const day = { from, to: new Date(from.getTime() + 1), timeZone };
  const rate = (await reportingRates(day, now))?.at(from) ?? null;
  return (
    <>
      <PageHeader
        title={event.tool ?? event.model ?? event.operation}
        note={formatMoment(event.startedAt, locale, timeZone)}
      />
      {!event.counted && (
        <Notice tone="info" title={t("notCounted")}>
          {t("notCountedBecause", { reason: event.notCountedBecause ?? "–" })}{" "}
          {event.twinOf !== null && (
            <Link
              href={`/events/${event.twinOf}`}
              className="text-accent underline-offset-2 hover:underline"
            >
              {t("twin")}
            </Link>
          )}
        </Notice>
      )}
      {!receipt.reconciles && (
        <Notice tone="danger" title={t("doesNotReconcile")}>
          {t("doesNotReconcileHint")}
        </Notice>
      )}
      <Panel
        title={t("title")}
        note={t("basis")}
        actions={<CsvLink href={`/api/v1/export/receipt.csv?id=${event.id}`} what={t("title")} />}
      >
        <ReceiptTable receipt={receipt} rate={rate} />
      </Panel>
      <FormerFilings former={receipt.former} timeZone={timeZone} />
      <div className="grid items-start gap-5 lg:grid-cols-2 [&>*]:min-w-0">
        <EventFacts event={event} timeZone={timeZone} />
        <div className="flex flex-col gap-5">
          <CostModelNote receipt={receipt} />
          <AllocationNote event={event} rule={receipt.rule} />
        </div>
        <CallBudgets viewer={viewer} eventId={event.id} />
      </div>
    </>
  );
}
