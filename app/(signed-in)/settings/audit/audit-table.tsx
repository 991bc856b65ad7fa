import { useTranslations } from "next-intl";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { AuditEntry } from "#lib/audit/list-audit.ts";
import { changesOf } from "./changes-of.ts";

/** Entries with who, when, before and after. */
export function AuditTable({
  entries,
  timeZone,
  locale,
}: {
  readonly entries: readonly AuditEntry[];
  readonly timeZone: string;
  readonly locale: string;
}) {
  const t = useTranslations("Audit");
  return (
    <Table caption={t("entries")}>
      <thead>
        <tr>
          <HeadCell>{t("at")}</HeadCell>
          <HeadCell>{t("actor")}</HeadCell>
          <HeadCell>{t("action")}</HeadCell>
          <HeadCell>{t("target")}</HeadCell>
          <HeadCell>{t("change")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.id} className="align-top">
            <RowHead className="figures whitespace-nowrap">
              <time dateTime={entry.at.toISOString()}>
                {formatMoment(entry.at, locale, timeZone)}
              </time>
            </RowHead>
            <Cell>
              {entry.actor}
              <span className="block text-faint text-xs">
                {t(`actors.${entry.actorKind as "user"}`)}
                {entry.ip !== null && ` · ${entry.ip}`}
              </span>
            </Cell>
            <Cell className="whitespace-nowrap">
              <code className="font-mono text-xs">{entry.action}</code>
              {entry.result === "refused" && (
                <span className="block text-warn text-xs">{t("results.refused")}</span>
              )}
            </Cell>
            <Cell className="max-w-56 break-words">
              <span className="text-muted">{entry.targetKind}</span>{" "}
              <code className="font-mono text-xs">{entry.targetId}</code>
            </Cell>
            <Cell className="min-w-64 max-w-xl">
              <Change entry={entry} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Change({ entry }: { readonly entry: AuditEntry }) {
  const t = useTranslations("Audit");
  const changes = changesOf(entry.before, entry.after);
  if (changes.length === 0) return <span className="text-faint">–</span>;
  return (
    <ul className="flex flex-col gap-0.5 text-xs">
      {changes.map(({ name, before, after }) => (
        <li key={name} className="break-words">
          <span className="text-muted">{name}</span>{" "}
          {before !== null && (
            <del className="text-faint">
              <span className="sr-only">{t("before")} </span>
              {before}
            </del>
          )}{" "}
          {after !== null && (
            <ins className="no-underline">
              <span className="sr-only">{t("after")} </span>
              {after}
            </ins>
          )}
        </li>
      ))}
    </ul>
  );
}
