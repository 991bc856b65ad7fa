"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { FileField, SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { INVOICE_SOURCES } from "#lib/invoices/invoice-line.ts";
import { ColumnFields } from "./column-fields.tsx";
import { sendInvoice, type UploadTexts } from "./send-invoice.ts";
import { UploadResult } from "./upload-result.tsx";

type State =
  | { readonly step: "choose"; readonly failure?: string }
  | { readonly step: "busy" }
  | { readonly step: "answered"; readonly answer: UploadTexts; readonly toEarlier: string };

/** Choose a file, see how it compares, then keep it. The file stays in the browser in between. */
export function Uploader({ month }: { readonly month: string }) {
  const t = useTranslations("Reconciliation");
  const router = useRouter();
  const [source, setSource] = useState<string>("openai");
  const [form, setForm] = useState<HTMLFormElement | null>(null);
  const [state, setState] = useState<State>({ step: "choose" });

  async function run(isRehearsal: boolean, toEarlier: string) {
    const upload = form === null ? null : uploadOf(form, isRehearsal, toEarlier);
    if (upload === null) return;
    setState({ step: "busy" });
    const answer = await sendInvoice(upload.file, upload.params);
    if (typeof answer === "string") setState({ step: "choose", failure: answer });
    else if (answer.id !== null) router.push(`/reconciliation/${answer.id}`);
    else setState({ step: "answered", answer, toEarlier });
  }
  const check = (event: FormEvent) => {
    event.preventDefault();
    void run(true, "");
  };
  return (
    <>
      <Panel title={t("upload")} note={t("uploadNote")}>
        <form
          ref={setForm}
          onSubmit={check}
          onChange={() => setState({ step: "choose" })}
          className="flex flex-col gap-3 p-4"
        >
          <div className="grid gap-3 sm:grid-cols-3">
            <SelectField
              label={t("source")}
              name="source"
              value={source}
              hint={t(`hints.${source}`)}
              onChange={(event) => setSource(event.target.value)}
            >
              {INVOICE_SOURCES.map((name) => (
                <option key={name} value={name}>
                  {t(`sources.${name}`)}
                </option>
              ))}
            </SelectField>
            <TextField
              label={t("month")}
              name="month"
              required
              pattern="20\d\d-(0[1-9]|1[0-2])"
              placeholder="2026-10"
              defaultValue={month}
            />
            <FileField
              label={t("file")}
              name="file"
              required
              accept=".csv,.json,.jsonl,.ndjson,text/csv,application/json"
            />
          </div>
          {source === "csv" && <ColumnFields />}
          <div className="flex items-center gap-3">
            <Button type="submit" variant="primary" disabled={state.step === "busy"}>
              {t(state.step === "busy" ? "busy" : "check")}
            </Button>
            <p className="text-muted text-xs">{t("checkNote")}</p>
          </div>
        </form>
      </Panel>
      <div role="status" className="flex flex-col gap-5 empty:hidden">
        {state.step === "choose" && state.failure !== undefined && (
          <Notice
            tone="danger"
            title={
              t.has(`failures.${state.failure}`) ? t(`failures.${state.failure}`) : state.failure
            }
          />
        )}
        {state.step === "answered" && (
          <UploadResult
            answer={state.answer}
            toEarlier={state.toEarlier}
            onPlace={(toEarlier) => void run(true, toEarlier)}
            onKeep={() => void run(false, state.toEarlier)}
          />
        )}
      </div>
    </>
  );
}

/** What the form asks for; the names of its fields are those of the API. */
function uploadOf(form: HTMLFormElement, isRehearsal: boolean, toEarlier: string) {
  const params = new URLSearchParams();
  const data = new FormData(form);
  const file = data.get("file");
  if (!(file instanceof File)) return null;
  for (const [name, value] of data) {
    if (typeof value === "string" && value.trim() !== "") params.set(name, value.trim());
  }
  params.set("file", file.name);
  params.set("dry_run", String(isRehearsal));
  if (toEarlier !== "") params.set("earlier", toEarlier);
  return { file, params };
}
