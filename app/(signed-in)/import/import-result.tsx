"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Button, buttonClass } from "#app/_components/button.tsx";
import { Facts } from "#app/_components/facts.tsx";
import { LineProblems } from "#app/_components/line-problems.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatCount } from "#app/_format/format-count.ts";
import { formatMoment } from "#app/_format/format-time.ts";
import { formatUsd } from "#app/_format/format-usd.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { ImportAnswer, ImportBrings } from "./import-answer.ts";
import { SumsTable } from "./sums-table.tsx";

/** What a file is about to bring, or brought, or why it brings nothing. */
export function ImportResult({
  answer,
  timeZone,
  onCommit,
}: {
  readonly answer: ImportAnswer;
  readonly timeZone: string;
  readonly onCommit: () => void;
}) {
  return answer.kind === "refused" ? (
    <Refused answer={answer} />
  ) : (
    <Brings answer={answer} timeZone={timeZone} onCommit={onCommit} />
  );
}

function Refused({ answer }: { readonly answer: ImportAnswer & { readonly kind: "refused" } }) {
  const t = useTranslations("Import");
  return (
    <>
      <Notice tone="danger" title={t("refused", { count: answer.errorCount })}>
        {t("refusedHint")}
      </Notice>
      <LineProblems
        title={t("errors")}
        line={t("line")}
        problem={t("problem")}
        problems={answer.errors}
      />
    </>
  );
}

function Brings({
  answer,
  timeZone,
  onCommit,
}: {
  readonly answer: ImportBrings;
  readonly timeZone: string;
  readonly onCommit: () => void;
}) {
  const t = useTranslations("Import");
  const locale = useLocale();
  const { kind, stored, repeated, notCounted, firstAt, lastAt } = answer;
  const isDone = kind === "imported";
  const moment = (iso: string | null) =>
    iso === null ? null : formatMoment(new Date(iso), locale, timeZone);
  return (
    <>
      <Panel
        title={t(isDone ? "imported" : "wouldImport", { count: stored })}
        note={isDone ? t("importedNote") : t("checkedNote")}
        actions={
          isDone ? (
            <Link href="/events?filter.dialect=import" className={buttonClass()}>
              {t("seeEvents")}
            </Link>
          ) : (
            <Button variant="primary" disabled={stored === 0} onClick={onCommit}>
              {t("commit", { count: stored })}
            </Button>
          )
        }
      >
        <Facts
          facts={[
            [t("newRows"), formatCount(stored, locale)],
            [t("repeatedRows"), formatCount(repeated, locale)],
            [t("notCountedRows"), notCounted > 0 ? formatCount(notCounted, locale) : null],
            [t("first"), moment(firstAt)],
            [t("last"), moment(lastAt)],
          ]}
        />
      </Panel>
      {answer.overlaps.length > 0 && <Overlaps answer={answer} />}
      {answer.models.length > 0 && (
        <div className="grid items-start gap-5 xl:grid-cols-2 [&>*]:min-w-0">
          <SumsTable
            title={t("byModel")}
            rows={answer.models.map(({ provider, model, sums }) => ({
              name: model ?? t("noModel"),
              detail: provider,
              sums,
            }))}
          />
          <SumsTable
            title={t("byTeam")}
            rows={answer.teams.map(({ team, sums }) => ({ name: team, detail: null, sums }))}
          />
        </div>
      )}
    </>
  );
}

/** Said before the file is stored, and after: whether these are the same calls only a person can know. */
function Overlaps({ answer: { kind, overlaps } }: { readonly answer: ImportBrings }) {
  const t = useTranslations("Import");
  const locale = useLocale();
  return (
    <Notice tone="warn" title={t("overlap", { count: overlaps.length })}>
      <p>{t(kind === "imported" ? "overlapImported" : "overlapChecked")}</p>
      <ul className="mt-1 list-disc pl-5">
        {overlaps.map(({ provider, model, days, calls, tokens, cost }) => (
          <li key={`${provider} ${model}`}>
            {t("overlapLine", {
              model: model ?? t("noModel"),
              provider: provider ?? "–",
              days,
              calls,
              tokens,
              cost: formatUsd(parseUsd(cost), locale),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
