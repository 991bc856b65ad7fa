"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import type { HistoryFormQuery } from "./history-query.ts";

export type ApplyState = { readonly mistake?: string };

/** Asks for what the preview shows; says why it cannot be. */
export function ApplyForm({
  action,
  query,
  isBusy,
}: {
  readonly action: (state: ApplyState, form: FormData) => Promise<ApplyState>;
  readonly query: HistoryFormQuery;
  readonly isBusy: boolean;
}) {
  const t = useTranslations("History");
  const [state, send, isSending] = useActionState(action, {});
  return (
    <form action={send} className="flex flex-wrap items-center gap-3">
      {Object.entries(query).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" variant="primary" disabled={isSending}>
        {t("apply")}
      </Button>
      <p className="text-muted">{isBusy ? t("busy") : t("applyHint")}</p>
      {state.mistake !== undefined && <Notice tone="danger" title={state.mistake} />}
    </form>
  );
}
