import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { monthShown } from "#app/_costs/line-links.ts";
import { formatMoment } from "#app/_format/format-time.ts";
import { formatDifferenceExact } from "#app/_history/difference.tsx";
import { figureHref } from "#app/_query/links.ts";
import { ComparisonView, type OursHref } from "#app/_reconciliation/comparison-view.tsx";
import { CountedNotice } from "#app/_reconciliation/counted-notice.tsx";
import { RateNote } from "#app/_reporting/amount-at-rate.tsx";
import { rateOfMonth, reportingRates } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { formatMonth } from "#app/_statements/format-month.ts";
import { comparisonBody, countedBody } from "#app/api/v1/_lib/reconciliations.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { listMonths } from "#lib/close/list-months.ts";
import { instantsOf, monthNamed } from "#lib/close/month.ts";
import { AppError } from "#lib/errors.ts";
import { parseUsd } from "#lib/money/money.ts";
import { readReconciliation } from "#lib/reconciliation/reconcile.ts";
import type { Counted, Invoice } from "#lib/reconciliation/reconciliation-store.ts";
import { parseDay, startOfDay } from "#lib/time/civil-day.ts";
import { AcceptForm } from "./accept-form.tsx";
import { StandingNotice } from "./standing-notice.tsx";
import { WithdrawForm } from "./withdraw-form.tsx";

type Params = { readonly id: string };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Reconciliation");
  return { title: t("title") };
}

/** One invoice beside the ledger, and the way to accept its gap. */
export default async function InvoicePage({ params }: PageInput<Params>) {
  const viewer = await requireViewer();
  const { id } = await params;
  const t = await getTranslations("Reconciliation");
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const { invoice, parts, standing, comparison } = await found(viewer, id);
  const [{ timeZone }, locale, now, teams] = await Promise.all([
    currentOrganization(),
    getLocale(),
    requestTime(),
    currentTeams(),
  ]);
  const months = await listMonths(context().sql, viewer, now);
  const open = months.filter(({ state }) => state !== "closed").map(({ month }) => month);
  const days = instantsOf(monthNamed(invoice.month), timeZone);
  const reporting = await reportingRates({ ...days, timeZone }, now);
  const rate = rateOfMonth(invoice.month, timeZone, reporting);
  const { accepted } = invoice;
  const note = [
    ...[formatMonth(invoice.month, locale), t(`sources.${invoice.source}`)],
    t("keptBy", { who: invoice.createdBy, at: formatMoment(invoice.createdAt, locale, timeZone) }),
  ];
  const counted = countedBody(countedOf([invoice, ...parts]));
  return (
    <>
      <PageHeader title={invoice.fileName} note={note.join(" · ")}>
        <Link href="/reconciliation" className={buttonClass("ghost")}>
          {t("title")}
        </Link>
      </PageHeader>
      {accepted !== null && (
        <Notice
          title={t("acceptedBy", {
            who: accepted.by,
            at: formatMoment(accepted.at, locale, timeZone),
            gap: formatDifferenceExact(parseUsd(accepted.gap), locale),
          })}
        >
          {accepted.note}
        </Notice>
      )}
      <StandingNotice {...{ invoice, parts, standing, timeZone, locale }} />
      <CountedNotice {...counted} />
      {reporting && <RateNote of="period" reporting={reporting} />}
      <ComparisonView
        {...{ id, rate }}
        amounts={counted.amounts}
        comparison={comparisonBody(comparison)}
        hrefOf={oursHref(invoice.month, timeZone)}
      >
        {standing.state === "open" && (
          <Panel title={t("accept")} note={t("acceptNote")}>
            <AcceptForm id={id} months={open} teams={teams} />
          </Panel>
        )}
        {standing.state !== "withdrawn" && standing.state !== "replaced" && (
          <Panel title={t("withdraw.title")} note={t("withdraw.note")}>
            <WithdrawForm id={id} />
          </Panel>
        )}
      </ComparisonView>
    </>
  );
}

/** What any of the parts that are compared together was priced by Outlay. */
function countedOf(parts: readonly Invoice[]): Counted | null {
  const counted = parts.flatMap((part) => part.counted ?? []);
  if (counted.length === 0) return null;
  return { unpricedTokens: counted.reduce((sum, each) => sum + each.unpricedTokens, 0n) };
}

/** The ledger's side is what is billed in days of UTC, as providers count them. */
function oursHref(month: string, timeZone: string): OursHref {
  const { first, end } = monthNamed(month);
  return ({ providers, model, day }) => {
    const from = day === undefined ? first : parseDay(day);
    const to = day === undefined ? end : from + 1;
    const filters = { provider: providers, ...(model !== undefined && { model: [model] }) };
    const shown = {
      ...monthShown(monthNamed(month), timeZone),
      costBasis: "billed",
      filters,
    } as const;
    return figureHref(shown, new Date(startOfDay(from, "UTC")), new Date(startOfDay(to, "UTC")));
  };
}

async function found(viewer: Viewer, id: string) {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) notFound();
  try {
    return await readReconciliation(context().sql, viewer, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
