"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";

/** Stops an export, or removes its file. */
export function CancelExport({ id, isDone }: { readonly id: string; readonly isDone: boolean }) {
  const t = useTranslations("Exports");
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const cancel = async () => {
    setBusy(true);
    const response = await fetch(`/api/v1/exports/${id}`, { method: "DELETE" }).catch(() => null);
    setFailed(response?.ok !== true);
    setBusy(false);
    router.refresh();
  };
  return (
    <>
      <Button variant="ghost" disabled={isBusy} onClick={() => void cancel()}>
        {t(isDone ? "remove" : "cancel")}
      </Button>
      <span role="status" className="text-danger text-xs">
        {hasFailed && t("notCancelled")}
      </span>
    </>
  );
}
