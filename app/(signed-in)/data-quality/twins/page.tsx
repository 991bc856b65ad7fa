import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { PagePeriod } from "#app/_components/page-period.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelBoundary } from "#app/_components/panel-boundary.tsx";
import { PanelSkeleton } from "#app/_components/skeleton.tsx";
import { PagingNav } from "#app/_paging/paging-nav.tsx";
import { hrefWith, pageHref, periodQuestion } from "#app/_query/links.ts";
import { type PageQuery, readPageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { listTwins } from "#lib/reports/twins.ts";
import { positionText, readPosition } from "../../events/position.ts";
import { TwinTable } from "../twin-table.tsx";

const PATH = "/data-quality/twins";
const PAGE_SIZE = 50;
const REASONS = [
  "same_call",
  "nested_call",
  "aggregate_of_calls",
  "aggregate_without_usage",
  "better_signal",
  "no_increase",
] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Quality");
  return { title: t("twins") };
}

/** All rows that do not count, each beside the row that counts in its place. */
export default async function TwinsPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const params = await searchParams;
  const [query, t] = await Promise.all([readPageQuery(params), getTranslations("Quality")]);
  const { period } = query;
  const reason = REASONS.find((name) => name === firstOf(params.reason));
  return (
    <>
      <PageHeader title={t("twins")} note={t("twinsNote")}>
        <PagePeriod period={period} />
      </PageHeader>
      <nav aria-label={t("reason")} className="flex flex-wrap gap-1.5">
        {[undefined, ...REASONS].map((name) => (
          <Link
            key={name ?? ""}
            href={pageHref(PATH, query, name === undefined ? [] : [["reason", name]])}
            aria-current={name === reason ? "true" : undefined}
            className="flex min-h-7 items-center rounded-md border border-line px-2.5 text-muted text-xs hover:bg-hover aria-[current]:border-line-strong aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-text"
          >
            {name === undefined ? t("allReasons") : t(`reasons.${name}`)}
          </Link>
        ))}
      </nav>
      <PanelBoundary>
        <Suspense key={JSON.stringify(params)} fallback={<PanelSkeleton height={480} />}>
          <Pairs scope={viewer} query={query} reason={reason} after={firstOf(params.after)} />
        </Suspense>
      </PanelBoundary>
    </>
  );
}

function twinsCsvHref({ period }: PageQuery, more: readonly [string, string][]): string {
  return hrefWith("/api/v1/export/twins.csv", [...periodQuestion(period), ...more]);
}

async function Pairs({
  scope,
  query,
  reason,
  after,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
  readonly reason: string | undefined;
  readonly after: string | undefined;
}) {
  const t = await getTranslations("Quality");
  const { period } = query;
  const events = await getTranslations("Events");
  const position = readPosition(after);
  const { pairs, next } = await listTwins(context().sql, scope, {
    from: period.from,
    to: period.to,
    limit: PAGE_SIZE,
    ...(reason !== undefined && { reason }),
    ...(position && { after: position }),
  });
  const more: [string, string][] = reason === undefined ? [] : [["reason", reason]];
  return (
    <Panel
      title={t("twins")}
      actions={<CsvLink href={twinsCsvHref(query, more)} what={t("twins")} />}
    >
      {pairs.length === 0 ? (
        <Empty title={t("notCountedNone")} />
      ) : (
        <TwinTable pairs={pairs} timeZone={period.timeZone} />
      )}
      {next !== null && (
        <PagingNav>
          <Link
            href={pageHref(PATH, query, [...more, ["after", positionText(next)]])}
            className={buttonClass()}
          >
            {events("older")}
          </Link>
        </PagingNav>
      )}
    </Panel>
  );
}
