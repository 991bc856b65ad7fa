import Link from "next/link";
import { useTranslations } from "next-intl";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { hrefWith, pageHref, periodQuestion } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { TwinPair } from "#lib/reports/twins.ts";
import { TwinTable } from "./twin-table.tsx";

/** The latest rows that do not count beside their twins, and the way to all of them. */
export function TwinsPanel({
  pairs,
  query,
}: {
  readonly pairs: readonly TwinPair[];
  readonly query: PageQuery;
}) {
  const t = useTranslations("Quality");
  return (
    <Panel
      title={t("twins")}
      note={t("twinsNote")}
      actions={
        pairs.length > 0 && (
          <>
            <CsvLink
              href={hrefWith("/api/v1/export/twins.csv", periodQuestion(query.period))}
              what={t("twins")}
            />
            <Link
              href={pageHref("/data-quality/twins", query)}
              className="inline-flex h-7 items-center rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text"
            >
              {t("allTwins")}
            </Link>
          </>
        )
      }
    >
      {pairs.length === 0 ? (
        <Empty title={t("notCountedNone")} />
      ) : (
        <TwinTable pairs={pairs} timeZone={query.period.timeZone} />
      )}
    </Panel>
  );
}
