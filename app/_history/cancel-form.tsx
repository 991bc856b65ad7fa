"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import type { HistoryRunKind } from "#lib/history-runs/history-run.ts";
import { cancelRunAction } from "./cancel-action.ts";

/** Ends a run that is under way, and says what becomes of what it has changed. */
export function CancelForm({ run, kind }: { readonly run: string; readonly kind: HistoryRunKind }) {
  const t = useTranslations("History");
  const [state, send, isSending] = useActionState(cancelRunAction, {});
  return (
    <form
      action={send}
      className="flex flex-wrap items-center gap-3 border-line border-t px-4 py-3"
    >
      <input type="hidden" name="run" value={run} />
      <input type="hidden" name="kind" value={kind} />
      <Button type="submit" disabled={isSending}>
        {t("cancel")}
      </Button>
      <p className="text-muted text-xs">{t("cancelHint")}</p>
      {state.mistake !== undefined && <Notice tone="danger" title={state.mistake} />}
    </form>
  );
}
