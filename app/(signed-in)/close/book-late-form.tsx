"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { bookLateAction } from "./actions.ts";

/** Books what came late to closed months now, not within the hour. */
export function BookLateForm() {
  const t = useTranslations("Close");
  const [state, send, isSending] = useActionState(bookLateAction, {});
  return (
    <form action={send} className="flex items-center gap-2">
      <p role="status" className="text-muted text-xs">
        {state.booked === undefined ? "" : t("booked", { count: state.booked })}
      </p>
      <Button type="submit" disabled={isSending}>
        {t("bookLate")}
      </Button>
    </form>
  );
}
