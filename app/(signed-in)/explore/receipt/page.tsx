import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { ReportHeader } from "#app/_components/report-header.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import { fileHref, pageHref, paidPairs, receiptHref } from "#app/_query/links.ts";
import { type PageQuery, readPageQuery } from "#app/_query/page-query.ts";
import { UsageInReporting } from "#app/_reporting/reporting-line.tsx";
import { SumInReporting } from "#app/_reporting/sum-in-reporting.tsx";
import { context } from "#app/_server/context.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { PAYMENTS, type Payment, usageReceipt } from "#lib/reports/usage-receipt.ts";
import { rateSetPairs } from "../../events/rows.ts";
import { PartPanel } from "./part-panel.tsx";

/** More rate sets than anybody adds up by hand; the API has all. */
const MOST_PARTS = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("UsageReceipt");
  return { title: t("title") };
}

/** The receipt of a sum: its tokens by the rates of their calls, for a calculator. */
export default async function UsageReceiptPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t, costs] = await Promise.all([
    readPageQuery(params),
    getTranslations("UsageReceipt"),
    getTranslations("Costs"),
  ]);
  const { costBasis } = query;
  const paid = PAYMENTS.find((one) => one === firstOf(params.paid));
  return (
    <>
      <ReportHeader
        title={t("title")}
        note={t("note", { cost: costs(`names.${costBasis}`), zone: query.period.timeZone })}
        path="/explore/receipt"
        query={query}
        more={paidPairs(paid)}
      >
        <CsvLink href={fileHref("usage-receipt", query, paidPairs(paid))} what={t("title")} />
      </ReportHeader>
      {paid !== undefined && (
        <p className="text-muted">
          {t(`only.${paid}`)}{" "}
          <Link href={receiptHref(query)} className="underline underline-offset-2">
            {t("all")}
          </Link>
        </p>
      )}
      <PanelBoundary about={JSON.stringify(params)}>
        <Suspense fallback={<PanelSkeleton height={420} />}>
          <Parts scope={viewer} query={query} paid={paid} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

async function Parts({
  scope,
  query,
  paid,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
  readonly paid: Payment | undefined;
}) {
  const { period, filters, costBasis } = query;
  const t = await getTranslations("UsageReceipt");
  if (filters.session !== undefined) return <Notice title={t("ofSession")} />;
  const asked = { from: period.from, to: period.to, filters, costBasis, paid };
  const [{ parts, total, unpricedCalls }, locale] = await Promise.all([
    usageReceipt(context().sql, scope, asked),
    getLocale(),
  ]);
  if (parts.length === 0) {
    return (
      <Panel title={t("title")}>
        <Empty title={t("none")} />
      </Panel>
    );
  }
  return (
    <>
      <p className="figures flex flex-wrap items-baseline gap-x-3">
        <strong className="font-semibold text-base">
          {t("total", {
            amount: `${unpricedCalls > 0 ? "≥ " : ""}${formatUsdExact(total, locale)}`,
          })}
        </strong>
        <span className="text-muted text-xs">
          {t("totalNote", { count: parts.length, unpriced: unpricedCalls })}
        </span>
      </p>
      {paid === undefined ? (
        <UsageInReporting scope={scope} query={query} />
      ) : (
        <SumInReporting usd={total} period={period} />
      )}
      {parts.slice(0, MOST_PARTS).map((part, index) => (
        <PartPanel
          key={part.rateSetId}
          part={part}
          number={index + 1}
          rowsHref={pageHref("/events", query, rateSetPairs(part.rateSetId))}
        />
      ))}
      {parts.length > MOST_PARTS && (
        <Notice title={t("more", { count: parts.length - MOST_PARTS })} />
      )}
    </>
  );
}
