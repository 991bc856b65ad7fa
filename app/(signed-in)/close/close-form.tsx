"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { closeMonthAction } from "./actions.ts";

/** Closes a month; asked first. */
export function CloseForm({ month }: { readonly month: string }) {
  const t = useTranslations("Close");
  const [state, send, isSending] = useActionState(closeMonthAction, {});
  return (
    <form
      action={send}
      onSubmit={(event) => {
        if (!window.confirm(t("closeAsk", { month }))) event.preventDefault();
      }}
    >
      <input type="hidden" name="month" value={month} />
      <Button type="submit" disabled={isSending}>
        {t("close")}
        <span className="sr-only">{month}</span>
      </Button>
      {state.mistake !== undefined && (
        <p role="alert" className="text-danger text-xs">
          {state.mistake}
        </p>
      )}
    </form>
  );
}
