"use client";

import { useActionState } from "react";
import { Notice } from "#app/_components/notice.tsx";
import type { HistoryChoices } from "#lib/history-runs/history-choices.ts";
import type { ApplyState } from "./apply-form.tsx";
import { HistoryForm } from "./history-form.tsx";
import type { HistoryFormQuery } from "./history-query.ts";

/** Chooses what is to be gone through in the background; says why it cannot be. */
export function PreviewForm({
  action,
  ...form
}: {
  readonly action: (state: ApplyState, form: FormData) => Promise<ApplyState>;
  readonly query: HistoryFormQuery;
  readonly choices: HistoryChoices;
  readonly today: string;
}) {
  const [state, send] = useActionState(action, {});
  return (
    <>
      <HistoryForm action={send} {...form} />
      {state.mistake !== undefined && <Notice tone="danger" title={state.mistake} />}
    </>
  );
}
