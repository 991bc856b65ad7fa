"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { FileField, SelectField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PriceImportResult } from "./price-import-result.tsx";
import { type PriceImportAnswer, sendPriceFile } from "./send-price-file.ts";

/** A file is tried first; what it would do is shown before anything is recorded. */
export function PriceImporter() {
  const t = useTranslations("Prices");
  const locale = useLocale();
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState("");
  const [answer, setAnswer] = useState<PriceImportAnswer | null>(null);
  const [mistake, setMistake] = useState<string | null>(null);
  const [busy, start] = useTransition();
  const send = (dryRun: boolean) => {
    if (file === null) return;
    start(async () => {
      try {
        // Whoever records has seen what is suspicious: it stands above the button.
        setAnswer(await sendPriceFile(file, { mode, dryRun, acceptChanges: !dryRun }, locale));
        setMistake(null);
      } catch (error) {
        setAnswer(null);
        setMistake(error instanceof Error ? error.message : String(error));
      }
    });
  };
  return (
    <>
      <Panel title={t("file")} note={t("fileNote")}>
        <div className="grid gap-3 p-4 sm:grid-cols-[1fr_1fr_auto] sm:items-end">
          <FileField
            label={t("file")}
            accept=".json,.csv,application/json,text/csv"
            onFile={(chosen) => {
              setFile(chosen);
              setAnswer(null);
            }}
          />
          <SelectField
            label={t("mode")}
            value={mode}
            onChange={(event) => {
              setMode(event.target.value);
              setAnswer(null);
            }}
          >
            <option value="">{t("modes.auto")}</option>
            <option value="missing">{t("modes.missing")}</option>
            <option value="all">{t("modes.all")}</option>
          </SelectField>
          <Button disabled={busy || file === null} onClick={() => send(true)}>
            {t("try")}
          </Button>
        </div>
      </Panel>
      {mistake !== null && <Notice tone="danger" title={mistake} />}
      {answer !== null && (
        <PriceImportResult answer={answer} busy={busy} onRecord={() => send(false)} />
      )}
    </>
  );
}
