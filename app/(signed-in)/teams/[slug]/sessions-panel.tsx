import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { listSessions } from "#lib/reports/sessions.ts";
import { SessionTable } from "../../sessions/session-table.tsx";

const SHOWN = 8;

/** The team's latest sessions, and the way to all of them. */
export async function SessionsPanel({
  scope,
  query,
  slug,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
  readonly slug: string;
}) {
  const { costBasis } = query;
  const { from, to, timeZone } = query.period;
  const [t, { sessions }] = await Promise.all([
    getTranslations("TeamPages"),
    listSessions(context().sql, scope, { from, to, team: [slug], costBasis, limit: SHOWN }),
  ]);
  return (
    <Panel
      title={t("sessions")}
      actions={
        <Link
          href={pageHref("/sessions", { ...query, filters: { team: [slug] } })}
          className="inline-flex min-h-6 items-center px-2 font-medium text-muted text-xs hover:text-text"
        >
          {t("allSessions")}
        </Link>
      }
    >
      {sessions.length === 0 ? (
        <Empty title={t("noSessions")} />
      ) : (
        <SessionTable sessions={sessions} timeZone={timeZone} costBasis={costBasis} />
      )}
    </Panel>
  );
}
