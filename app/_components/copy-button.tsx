"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "./button.tsx";

/** Copies and says so, also to a screen reader. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const t = useTranslations("Common");
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // Without HTTPS browsers refuse the clipboard: say it, the text can be selected.
      setState("failed");
    }
    setTimeout(() => setState("idle"), 2000);
  }

  const Icon = state === "copied" ? Check : Copy;
  return (
    <Button onClick={() => void copy()} aria-label={t("copyWhat", { what })}>
      <Icon className="size-3.5" aria-hidden />
      <span role="status">{t(state === "idle" ? "copy" : state)}</span>
    </Button>
  );
}
