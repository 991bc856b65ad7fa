"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { refitAction } from "./actions.ts";

/** Has the worker fit everything anew; it takes up to a minute. */
export function RefitButton({ isUnderWay }: { readonly isUnderWay: boolean }) {
  const t = useTranslations("Forecasts");
  const [busy, start] = useTransition();
  return (
    <Button disabled={busy || isUnderWay} onClick={() => start(() => refitAction())}>
      {t(isUnderWay ? "refitting" : "refit")}
    </Button>
  );
}
