"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { withdrawPriceAction } from "../actions.ts";

/** Stops believing an own price; asked first, because new calls are priced without it at once. */
export function WithdrawButton({ id }: { readonly id: string }) {
  const t = useTranslations("Prices");
  const [busy, start] = useTransition();
  const withdraw = () => {
    if (window.confirm(t("withdrawAsk"))) start(() => withdrawPriceAction(id));
  };
  return (
    <Button
      variant="ghost"
      className="-ml-1.5 mt-1 flex h-6 px-1.5 text-xs"
      disabled={busy}
      onClick={withdraw}
    >
      {t("withdraw")}
    </Button>
  );
}
