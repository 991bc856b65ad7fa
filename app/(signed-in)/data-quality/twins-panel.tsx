import Link from "next/link";
import { useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { pageHref } from "#app/_query/links.ts";
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
          <Link
            href={pageHref("/data-quality/twins", query)}
            className="inline-flex h-7 items-center rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text"
          >
            {t("allTwins")}
          </Link>
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
