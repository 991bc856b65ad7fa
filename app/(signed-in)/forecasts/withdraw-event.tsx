"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { withdrawEventAction } from "./actions.ts";

export function WithdrawEvent({ id, label }: { readonly id: string; readonly label: string }) {
  const t = useTranslations("Forecasts");
  const [busy, start] = useTransition();
  return (
    <Button
      variant="ghost"
      disabled={busy}
      onClick={() => start(() => withdrawEventAction(id))}
      aria-label={t("withdrawOf", { label })}
    >
      {t("withdraw")}
    </Button>
  );
}
