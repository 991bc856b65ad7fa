"use client";

import { useTranslations } from "next-intl";
import { Button } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";

/** A page that failed as a whole. The reason is in the log, never on the screen. */
export default function SignedInError({
  error,
  reset,
}: {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}) {
  const t = useTranslations("Failure");
  return (
    <Notice tone="danger" title={t("page")}>
      <p className="mb-2">{t("pageHint", { digest: error.digest ?? "–" })}</p>
      <Button onClick={reset}>{t("retry")}</Button>
    </Notice>
  );
}
