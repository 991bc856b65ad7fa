"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { withdrawCostModelAction } from "./actions.ts";

/** Takes something out of a cost model; asked first. */
export function WithdrawButton({
  what,
  id,
  name,
}: {
  readonly what: "model" | "charge" | "pool" | "contract";
  readonly id: string;
  readonly name: string;
}) {
  const t = useTranslations("CostModels");
  const [busy, start] = useTransition();
  const withdraw = () => {
    if (window.confirm(t("withdrawAsk", { name }))) start(() => withdrawCostModelAction(what, id));
  };
  return (
    <Button variant="ghost" className="h-6 px-1.5 text-xs" disabled={busy} onClick={withdraw}>
      {t("withdraw")}
      <span className="sr-only">{name}</span>
    </Button>
  );
}
