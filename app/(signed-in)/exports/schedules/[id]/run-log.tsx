import { getLocale, getTranslations } from "next-intl/server";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatDays, formatMoment } from "#app/_format/format-time.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import type { Run } from "#lib/export-schedules/run-log.ts";

const LOOKS = { pending: "text-warn", delivered: "text-text", failed: "text-danger" } as const;

/** What was made and where it went, the newest first. */
export async function RunLog({ runs }: { readonly runs: readonly Run[] }) {
  const [t, locale, { timeZone }] = await Promise.all([
    getTranslations("Schedules"),
    getLocale(),
    currentOrganization(),
  ]);
  const moment = (at: Date) => formatMoment(at, locale, timeZone);
  return (
    <Panel title={t("log")} note={t("logNote")}>
      {runs.length === 0 ? (
        <Empty title={t("noRuns")}>{t("noRunsHint")}</Empty>
      ) : (
        <Table caption={t("log")}>
          <thead>
            <tr>
              <HeadCell>{t("due")}</HeadCell>
              <HeadCell className="hidden sm:table-cell">{t("period")}</HeadCell>
              <HeadCell>{t("state")}</HeadCell>
              <HeadCell className="hidden md:table-cell">{t("file")}</HeadCell>
              <HeadCell className="hidden text-right lg:table-cell">{t("rows")}</HeadCell>
              <HeadCell className="hidden text-right lg:table-cell">{t("bytes")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <Row key={run.id} className="align-top">
                <RowHead className="figures whitespace-nowrap">
                  {moment(run.dueAt)}
                  <span className="block text-muted text-xs">{t(`runKinds.${run.kind}`)}</span>
                </RowHead>
                <Cell className="figures hidden whitespace-nowrap sm:table-cell">
                  {run.kind !== "test" &&
                    formatDays(run.periodFrom, run.periodTo, locale, timeZone)}
                </Cell>
                <Cell className={LOOKS[run.status]}>
                  {t(`runStates.${run.status}`)}
                  <span className="block text-muted text-xs">
                    {t("attempts", { count: run.attempts })}
                    {run.nextAttemptAt !== null && run.lastError !== null && (
                      <> · {t("nextAt", { at: moment(run.nextAttemptAt) })}</>
                    )}
                    {run.delivery !== null && <> · {t(`deliveries.${run.delivery}`)}</>}
                  </span>
                  {run.lastError !== null && (
                    <span className="block text-danger text-xs">{run.lastError}</span>
                  )}
                </Cell>
                <Cell className="hidden max-w-96 md:table-cell">
                  <code className="break-all font-mono text-xs">
                    {run.location ?? run.fileName}
                  </code>
                  {run.delivery !== null && run.fileName !== null && (
                    <code className="block break-all font-mono text-xs">{run.fileName}</code>
                  )}
                  {run.sha256 !== null && (
                    <code className="block break-all font-mono text-faint text-xs">
                      SHA-256 {run.sha256}
                    </code>
                  )}
                </Cell>
                <Cell className="figures hidden text-right lg:table-cell">
                  {run.rows?.toLocaleString(locale)}
                </Cell>
                <Cell className="figures hidden text-right lg:table-cell">
                  {run.bytes?.toLocaleString(locale)}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
