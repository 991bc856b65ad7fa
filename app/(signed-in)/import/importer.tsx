"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { CONTROL_CLASS, FileField, SelectField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { IMPORT_SOURCES, type ImportSource } from "#lib/imports/import-source.ts";
import type { ImportAnswer } from "./import-answer.ts";
import { ImportResult } from "./import-result.tsx";
import { sendImport } from "./send-import.ts";

type State =
  | { readonly step: "choose"; readonly failure?: string }
  | { readonly step: "busy" }
  | { readonly step: "answered"; readonly answer: ImportAnswer };

/** Choose a file, see what it would change, then let it. The file stays in the browser in between. */
export function Importer({ timeZone }: { readonly timeZone: string }) {
  const t = useTranslations("Import");
  const [source, setSource] = useState<ImportSource>("openai");
  const [file, setFile] = useState<File | null>(null);
  const [pasted, setPasted] = useState("");
  const [state, setState] = useState<State>({ step: "choose" });
  const content = file ?? (pasted.trim() === "" ? null : pasted);

  async function run(commit: boolean) {
    if (content === null) return;
    setState({ step: "busy" });
    const result = await sendImport(source, content, commit);
    setState(
      typeof result === "string"
        ? {
            step: "choose",
            failure: t.has(`failures.${result}`) ? t(`failures.${result}`) : result,
          }
        : { step: "answered", answer: result },
    );
  }
  /** Another file or source: what was found is about the one before. */
  const change = (apply: () => void) => {
    apply();
    setState({ step: "choose" });
  };

  return (
    <>
      <Panel title={t("file")} note={t("fileNote")}>
        <div className="grid gap-4 p-4 lg:grid-cols-2">
          <div className="flex flex-col gap-4">
            <SelectField
              label={t("source")}
              value={source}
              hint={t(`hints.${source}`)}
              onChange={({ target }) => {
                const chosen = IMPORT_SOURCES.find((name) => name === target.value);
                if (chosen !== undefined) change(() => setSource(chosen));
              }}
            >
              {IMPORT_SOURCES.map((name) => (
                <option key={name} value={name}>
                  {t(`sources.${name}`)}
                </option>
              ))}
            </SelectField>
            <FileField
              label={t("choose")}
              accept=".csv,.json,.jsonl,.ndjson,text/csv,application/json"
              onFile={(chosen) => change(() => setFile(chosen))}
            />
          </div>
          <label className="flex flex-col gap-1.5 font-medium">
            {t("paste")}
            <textarea
              value={pasted}
              disabled={file !== null}
              spellCheck={false}
              onChange={({ target }) => change(() => setPasted(target.value))}
              className={`${CONTROL_CLASS} h-full min-h-28 resize-y py-1.5 font-mono font-normal text-xs`}
            />
          </label>
        </div>
        <div className="flex flex-wrap items-center gap-3 border-line border-t px-4 py-3">
          <Button
            variant="primary"
            disabled={content === null || state.step === "busy"}
            onClick={() => void run(false)}
          >
            {t(state.step === "busy" ? "checking" : "check")}
          </Button>
          <p className="text-muted text-xs">{t("checkNote")}</p>
        </div>
      </Panel>
      <div role="status" className="flex flex-col gap-5 empty:hidden">
        {state.step === "choose" && state.failure !== undefined && (
          <Notice tone="danger" title={state.failure} />
        )}
        {state.step === "answered" && (
          <ImportResult answer={state.answer} timeZone={timeZone} onCommit={() => void run(true)} />
        )}
      </div>
    </>
  );
}
