"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useState, useTransition } from "react";
import { Button, buttonClass } from "./button.tsx";

/** Does something that cannot be undone, and asks before it does. */
export function FinalButton({
  words,
  action,
}: {
  readonly words: {
    /** On the button. */
    readonly offer: string;
    readonly question: string;
    readonly hint: string;
    readonly keep: string;
    readonly confirm: string;
  };
  readonly action: () => Promise<unknown>;
}) {
  const [open, setOpen] = useState(false);
  const [busy, startTransition] = useTransition();
  const act = () =>
    startTransition(async () => {
      await action();
      setOpen(false);
    });
  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger className={buttonClass("ghost")}>{words.offer}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <AlertDialog.Popup className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex w-[min(26rem,calc(100vw-2rem))] flex-col gap-2 rounded-lg border border-line bg-raised p-5 text-left shadow-black/20 shadow-xl">
          <AlertDialog.Title className="font-semibold text-base">
            {words.question}
          </AlertDialog.Title>
          <AlertDialog.Description className="text-muted">{words.hint}</AlertDialog.Description>
          <div className="mt-3 flex justify-end gap-2">
            <AlertDialog.Close className={buttonClass()}>{words.keep}</AlertDialog.Close>
            <Button variant="danger" onClick={act} disabled={busy}>
              {words.confirm}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
