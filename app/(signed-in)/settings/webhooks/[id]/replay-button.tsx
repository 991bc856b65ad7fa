"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { replayDeliveryAction } from "../actions.ts";

/** Sends a delivery's event once more. */
export function ReplayButton({ id, type }: { readonly id: string; readonly type: string }) {
  const t = useTranslations("Webhooks");
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, startTransition] = useTransition();
  const replay = () =>
    startTransition(async () => {
      const { tone, text } = await replayDeliveryAction(id);
      setTrouble(tone === "danger" ? text : null);
    });
  return (
    <>
      <Button variant="ghost" onClick={replay} disabled={busy} aria-label={t("replayOf", { type })}>
        {t("replay")}
      </Button>
      {trouble !== null && (
        <p role="alert" className="text-danger text-xs">
          {trouble}
        </p>
      )}
    </>
  );
}
