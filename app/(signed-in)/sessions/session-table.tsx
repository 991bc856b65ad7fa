import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Spend } from "#app/_components/spend.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatDuration } from "#app/_format/format-duration.ts";
import { formatMoment } from "#app/_format/format-time.ts";
import { costPairs, hrefWith } from "#app/_query/links.ts";
import type { SessionSummary } from "#lib/reports/sessions.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";
import { totalTokens } from "#lib/usage/tokens.ts";

const WIDE = "hidden lg:table-cell";
const MIDDLE = "hidden sm:table-cell";

export function SessionTable({
  sessions,
  timeZone,
  costBasis,
}: {
  readonly sessions: readonly SessionSummary[];
  readonly timeZone: string;
  readonly costBasis: CostBasis;
}) {
  const t = useTranslations("Sessions");
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("last")}</HeadCell>
          <HeadCell>{t("session")}</HeadCell>
          <HeadCell className={MIDDLE}>{t("team")}</HeadCell>
          <HeadCell className={WIDE}>{t("people")}</HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("length")}
          </HeadCell>
          <HeadCell numeric className={MIDDLE}>
            {t("modelCalls")}
          </HeadCell>
          <HeadCell numeric className={WIDE}>
            {t("toolCalls")}
          </HeadCell>
          <HeadCell numeric className={MIDDLE}>
            {t("tokens")}
          </HeadCell>
          <HeadCell numeric>{t("spend")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <SessionLine
            key={session.session}
            session={session}
            timeZone={timeZone}
            costBasis={costBasis}
          />
        ))}
      </tbody>
    </Table>
  );
}

function SessionLine({
  session: { session, teams, users, firstAt, lastAt, measures },
  timeZone,
  costBasis,
}: {
  readonly session: SessionSummary;
  readonly timeZone: string;
  readonly costBasis: CostBasis;
}) {
  const locale = useLocale();
  const faint = <span className="text-faint">–</span>;
  return (
    <Row>
      <RowHead className="figures whitespace-nowrap">
        {formatMoment(lastAt, locale, timeZone)}
      </RowHead>
      <Cell className="w-full max-w-0">
        <Link
          href={hrefWith(`/sessions/${encodeURIComponent(session)}`, costPairs(costBasis))}
          prefetch={false}
          title={session}
          className="block truncate font-mono text-xs underline-offset-2 hover:underline"
        >
          {session}
        </Link>
      </Cell>
      <Cell className={`${MIDDLE} whitespace-nowrap`}>{teams.join(", ")}</Cell>
      <Cell className={`${WIDE} max-w-44 truncate`} title={users.join(", ")}>
        {users.length === 0 ? faint : users.join(", ")}
      </Cell>
      <Cell numeric className={WIDE}>
        {lastAt > firstAt ? formatDuration(lastAt.getTime() - firstAt.getTime(), locale) : faint}
      </Cell>
      <Cell numeric className={MIDDLE}>
        <Count value={measures.modelCalls} />
      </Cell>
      <Cell numeric className={WIDE}>
        <Count value={measures.toolCalls} />
      </Cell>
      <Cell numeric className={MIDDLE}>
        <Count value={totalTokens(measures.tokens)} short />
      </Cell>
      <Cell numeric>
        <Spend measures={measures} />
      </Cell>
    </Row>
  );
}
