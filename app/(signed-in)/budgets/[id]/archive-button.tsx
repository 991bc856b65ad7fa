"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { archiveBudgetAction } from "../actions.ts";

/** Ends a budget; asked first, because its alerts end with it. */
export function ArchiveButton({ id }: { readonly id: string }) {
  const t = useTranslations("Budgets");
  const [busy, start] = useTransition();
  const archive = () => {
    if (window.confirm(t("archiveAsk"))) start(() => archiveBudgetAction(id));
  };
  return (
    <Button variant="danger" disabled={busy} onClick={archive}>
      {t("archive")}
    </Button>
  );
}
