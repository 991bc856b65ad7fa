"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { endAliasAction } from "./actions.ts";

/** Ends an alias for calls from now on, or takes it back as a mistake. */
export function EndAliasButtons({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useTranslations("Aliases");
  const [busy, start] = useTransition();
  const end = (how: "end" | "withdraw") => {
    if (!window.confirm(t(`${how}Ask`, { name }))) return;
    start(() => endAliasAction(id, how));
  };
  return (
    <span className="flex flex-wrap gap-1.5">
      <Button disabled={busy} onClick={() => end("end")} aria-label={t("endOf", { name })}>
        {t("endNow")}
      </Button>
      <Button
        variant="danger"
        disabled={busy}
        onClick={() => end("withdraw")}
        aria-label={t("withdrawOf", { name })}
      >
        {t("withdraw")}
      </Button>
    </span>
  );
}
