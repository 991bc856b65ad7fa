"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button, buttonClass } from "#app/_components/button.tsx";
import { revokeKeyAction } from "./actions.ts";

/** Asks before it ends a key, because that cannot be undone. */
export function RevokeButton({ id, label }: { readonly id: string; readonly label: string }) {
  const t = useTranslations("Keys");
  const [open, setOpen] = useState(false);
  const [busy, startTransition] = useTransition();
  const revoke = () =>
    startTransition(async () => {
      await revokeKeyAction(id);
      setOpen(false);
    });
  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger className={buttonClass("ghost")}>{t("revoke")}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <AlertDialog.Popup className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex w-[min(26rem,calc(100vw-2rem))] flex-col gap-2 rounded-lg border border-line bg-raised p-5 text-left shadow-black/20 shadow-xl">
          <AlertDialog.Title className="font-semibold text-base">
            {t("revokeTitle", { label })}
          </AlertDialog.Title>
          <AlertDialog.Description className="text-muted">
            {t("revokeHint")}
          </AlertDialog.Description>
          <div className="mt-3 flex justify-end gap-2">
            <AlertDialog.Close className={buttonClass()}>{t("keep")}</AlertDialog.Close>
            <Button variant="danger" onClick={revoke} disabled={busy}>
              {t("revokeNow")}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
