import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { ExportJob } from "#lib/exports/jobs/export-job.ts";
import { queryText } from "#lib/exports/query-parameters.ts";
import { CancelExport } from "./cancel-export.tsx";

const LINK = "underline underline-offset-2 hover:text-text";

/** Each file with how far it is, and where it is once it is whole. */
export function ExportTable({
  jobs,
  timeZone,
}: {
  readonly jobs: readonly ExportJob[];
  readonly timeZone: string;
}) {
  const t = useTranslations("Exports");
  const locale = useLocale();
  if (jobs.length === 0) return <Empty title={t("none")}>{t("noneHint")}</Empty>;
  const moment = (at: Date) => formatMoment(at, locale, timeZone);
  return (
    <Table caption={t("files")}>
      <thead>
        <tr>
          <HeadCell>{t("asked")}</HeadCell>
          <HeadCell>{t("table")}</HeadCell>
          <HeadCell>{t("state")}</HeadCell>
          <HeadCell numeric>{t("rows")}</HeadCell>
          <HeadCell>{t("file")}</HeadCell>
          <HeadCell>{t("expires")}</HeadCell>
          <HeadCell>
            <span className="sr-only">{t("cancel")}</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <Row key={job.id}>
            <RowHead className="whitespace-nowrap">{moment(job.askedAt)}</RowHead>
            <Cell className="whitespace-nowrap">
              {t(`tables.${job.request.export}`)}{" "}
              <span className="text-muted uppercase">{job.request.format}</span>
            </Cell>
            <Cell>{job.error ?? t(`states.${job.state}`)}</Cell>
            <Cell numeric>
              <Progress job={job} />
            </Cell>
            <Cell>
              <Files job={job} />
            </Cell>
            <Cell className="whitespace-nowrap">{job.expiresAt && moment(job.expiresAt)}</Cell>
            <Cell>
              {["queued", "running", "done"].includes(job.state) && (
                <CancelExport id={job.id} isDone={job.state === "done"} />
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Progress({ job: { rowsDone, rowsTotal, state } }: { readonly job: ExportJob }) {
  const t = useTranslations("Exports");
  if (state !== "running" || rowsTotal === null) return <Count value={rowsDone} />;
  return (
    <>
      {t.rich("progress", {
        done: () => <Count value={rowsDone} />,
        total: () => <Count value={rowsTotal} />,
      })}
    </>
  );
}

function Files({ job: { id, state, control, request } }: { readonly job: ExportJob }) {
  const t = useTranslations("Exports");
  if (state !== "done" || control === null) return null;
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      <a className={LINK} href={`/api/v1/exports/${id}/file`} download>
        {control.file}
      </a>
      <a className={LINK} href={`/api/v1/exports/${id}/control`} download>
        {t("control")}
        <span className="sr-only"> {control.file}</span>
      </a>
      <Link className={LINK} href={control.link} prefetch={false}>
        {t("checkShort")}
        <span className="sr-only"> {control.file}</span>
      </Link>
      <Link className={LINK} href={scheduleHref(request)} prefetch={false}>
        {t("schedule")}
        <span className="sr-only"> {control.file}</span>
      </Link>
    </span>
  );
}

function scheduleHref({ parameters, ...request }: ExportJob["request"]): string {
  return `/exports/schedules/new?${queryText({ ...parameters, ...request })}`;
}
