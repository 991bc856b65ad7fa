"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import type { GlDimension } from "#lib/close/gl-codes.ts";
import type { GlSubjects } from "#lib/close/gl-subjects.ts";
import { saveGlCodesAction } from "./actions.ts";

const PANELS = ["offset", "line", "provider", "team", "cost_center"] as const;

/** All codes on one form: an account for lines and providers, a project for teams and cost centres. */
export function CodesForm({
  subjects,
  names,
}: {
  readonly subjects: GlSubjects;
  /** Teams by slug. */
  readonly names: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("GlCodes");
  const [state, send, isSending] = useActionState(saveGlCodesAction, {});
  const { values = {}, message, done } = state;
  const labelOf = (dimension: GlDimension, value: string) => {
    if (dimension === "offset") return t("offset");
    if (dimension === "line") return t(`lines.${value}`);
    return dimension === "team" ? (names[value] ?? value) : value;
  };
  return (
    <form action={send} className="flex flex-col gap-5">
      {message !== undefined && <Notice tone="danger" title={message} />}
      {PANELS.map((dimension) => (
        <Panel key={dimension} title={t(`panels.${dimension}`)} note={t(`notes.${dimension}`)}>
          {subjects[dimension].length === 0 ? (
            <Empty title={t("nothing")} />
          ) : (
            <div className="grid gap-3 p-4 sm:grid-cols-2 lg:grid-cols-4">
              {subjects[dimension].map(({ value, code }) => (
                <TextField
                  key={value}
                  label={labelOf(dimension, value)}
                  name={`${dimension}:${value}`}
                  maxLength={60}
                  defaultValue={values[`${dimension}:${value}`] ?? code}
                />
              ))}
            </div>
          )}
        </Panel>
      ))}
      <div className="sticky bottom-0 flex items-center gap-3 border-line border-t bg-bg py-3">
        <Button type="submit" variant="primary" disabled={isSending}>
          {t("save")}
        </Button>
        <p role="status" className="text-good">
          {done}
        </p>
      </div>
    </form>
  );
}
