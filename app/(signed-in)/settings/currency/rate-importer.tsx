"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { Facts } from "#app/_components/facts.tsx";
import { FileField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatCount } from "#app/_format/format-count.ts";
import { told } from "#lib/refusals/told.ts";
import { type RateImportAnswer, sendRateFile } from "./send-rate-file.ts";

/** A file is tried first; what it would do is shown before anything is recorded. */
export function RateImporter() {
  const t = useTranslations("Currency");
  const locale = useLocale();
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<RateImportAnswer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, start] = useTransition();
  const send = (isRehearsal: boolean) => {
    if (file === null) return;
    start(async () => {
      try {
        setAnswer(await sendRateFile(file, isRehearsal, locale));
        setFailure(null);
        if (!isRehearsal) router.refresh();
      } catch (error) {
        setAnswer(null);
        setFailure(error instanceof Error ? error.message : t("failed"));
      }
    });
  };
  return (
    <>
      <Panel title={t("import")} note={t("importNote")}>
        <div className="flex flex-wrap items-end gap-3 p-4">
          <FileField
            label={t("file")}
            accept=".csv,text/csv"
            onFile={(chosen) => {
              setFile(chosen);
              setAnswer(null);
            }}
          />
          <Button disabled={busy || file === null} onClick={() => send(true)}>
            {t("try")}
          </Button>
        </div>
      </Panel>
      {failure !== null && <Notice tone="danger" title={failure} />}
      {answer !== null && (
        <RateImportResult answer={answer} busy={busy} onRecord={() => send(false)} />
      )}
    </>
  );
}

function RateImportResult({
  answer,
  busy,
  onRecord,
}: {
  readonly answer: RateImportAnswer;
  readonly busy: boolean;
  readonly onRecord: () => void;
}) {
  const t = useTranslations("Currency");
  const locale = useLocale();
  const { added, corrected, unchanged, mistakes, applied } = answer;
  return (
    <>
      {applied && <Notice title={t("recorded")} />}
      {mistakes.length > 0 && (
        <Notice tone="danger" title={t("mistakes", { count: mistakes.length })} />
      )}
      <Panel
        title={t("result")}
        actions={
          !applied && (
            <Button
              variant="primary"
              disabled={busy || mistakes.length > 0 || added + corrected === 0}
              onClick={onRecord}
            >
              {t("record")}
            </Button>
          )
        }
      >
        <Facts
          facts={[
            [t("added"), formatCount(added, locale)],
            [t("corrected"), formatCount(corrected, locale)],
            [t("unchanged"), formatCount(unchanged, locale)],
            [t("period"), `${answer.first_date ?? "–"} – ${answer.last_date ?? "–"}`],
          ]}
        />
        {mistakes.length > 0 && (
          <Table caption={t("mistakes", { count: mistakes.length })}>
            <thead>
              <tr>
                <HeadCell>{t("line")}</HeadCell>
                <HeadCell>{t("reason")}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {mistakes.map(({ line, why }) => (
                <Row key={`${line} ${told(why, locale)}`}>
                  <RowHead>{line ?? t("wholeFile")}</RowHead>
                  <Cell>{told(why, locale)}</Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
    </>
  );
}
