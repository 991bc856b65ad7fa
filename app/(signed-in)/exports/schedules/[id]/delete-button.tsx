"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button, buttonClass } from "#app/_components/button.tsx";
import { deleteScheduleAction } from "../actions.ts";

/** Asks before it removes a schedule with its log, because that cannot be undone. */
export function DeleteButton({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useTranslations("Schedules");
  const [open, setOpen] = useState(false);
  const [busy, startTransition] = useTransition();
  const remove = () =>
    startTransition(async () => {
      await deleteScheduleAction(id);
      setOpen(false);
    });
  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger className={buttonClass("ghost")}>{t("delete")}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <AlertDialog.Popup className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex w-[min(26rem,calc(100vw-2rem))] flex-col gap-2 rounded-lg border border-line bg-raised p-5 text-left shadow-black/20 shadow-xl">
          <AlertDialog.Title className="font-semibold text-base">
            {t("deleteTitle", { name })}
          </AlertDialog.Title>
          <AlertDialog.Description className="text-muted">
            {t("deleteHint")}
          </AlertDialog.Description>
          <div className="mt-3 flex justify-end gap-2">
            <AlertDialog.Close className={buttonClass()}>{t("keep")}</AlertDialog.Close>
            <Button variant="danger" onClick={remove} disabled={busy}>
              {t("deleteNow")}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
