"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { reopenMonthAction } from "./actions.ts";

/** Opens a closed month again, with the reason. */
export function ReopenForm({ month }: { readonly month: string }) {
  const t = useTranslations("Close");
  const [state, send, isSending] = useActionState(reopenMonthAction, {});
  return (
    <details className="text-left">
      <summary className="cursor-pointer whitespace-nowrap text-right text-muted text-xs hover:text-text">
        {t("reopen")}
        <span className="sr-only">{month}</span>
      </summary>
      <form action={send} className="flex min-w-48 flex-col gap-2 py-2">
        <input type="hidden" name="month" value={month} />
        <TextField
          label={t("reason")}
          name="reason"
          required
          maxLength={500}
          error={state.mistake}
        />
        <Button type="submit" variant="danger" disabled={isSending}>
          {t("reopenNow", { month })}
        </Button>
      </form>
    </details>
  );
}
