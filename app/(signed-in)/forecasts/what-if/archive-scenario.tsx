"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { archiveScenarioAction } from "./actions.ts";

export function ArchiveScenario({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useTranslations("WhatIf");
  const [busy, start] = useTransition();
  return (
    <Button
      variant="ghost"
      disabled={busy}
      onClick={() => start(() => archiveScenarioAction(id))}
      aria-label={t("removeOf", { name })}
    >
      {t("remove")}
    </Button>
  );
}
