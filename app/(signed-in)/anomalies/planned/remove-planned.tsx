"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { removePlannedAction } from "./actions.ts";

export function RemovePlanned({ id, label }: { readonly id: string; readonly label: string }) {
  const t = useTranslations("PlannedEvents");
  const [busy, start] = useTransition();
  return (
    <Button
      variant="ghost"
      disabled={busy}
      onClick={() => start(() => removePlannedAction(id))}
      aria-label={t("removeOf", { label })}
    >
      {t("remove")}
    </Button>
  );
}
