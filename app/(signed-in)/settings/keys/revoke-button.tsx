"use client";

import { useTranslations } from "next-intl";
import { FinalButton } from "#app/_components/final-button.tsx";
import { revokeKeyAction } from "./actions.ts";

/** Ends a key. */
export function RevokeButton({ id, label }: { readonly id: string; readonly label: string }) {
  const t = useTranslations("Keys");
  const words = {
    offer: t("revoke"),
    question: t("revokeTitle", { label }),
    hint: t("revokeHint"),
    keep: t("keep"),
    confirm: t("revokeNow"),
  };
  return <FinalButton words={words} action={() => revokeKeyAction(id)} />;
}
