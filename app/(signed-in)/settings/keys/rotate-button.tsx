"use client";

import { Dialog } from "@base-ui/react/dialog";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button, buttonClass } from "#app/_components/button.tsx";
import { SelectField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { SecretBox } from "#app/_components/secret-box.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { rotateKeyAction } from "./actions.ts";

const OVERLAP_HOURS = ["24", "0", "1", "168", "720"] as const;

/** Makes a new secret for a key, and asks how long the old one goes on working. */
export function RotateButton({ id, label }: { readonly id: string; readonly label: string }) {
  const t = useTranslations("Keys");
  const [{ key, message }, action, busy] = useActionState(rotateKeyAction, {});
  return (
    <Dialog.Root>
      <Dialog.Trigger className={buttonClass("ghost")}>{t("rotate")}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 flex w-[min(28rem,calc(100vw-2rem))] flex-col gap-3 rounded-lg border border-line bg-raised p-5 text-left shadow-black/20 shadow-xl">
          <Dialog.Title className="font-semibold text-base">
            {t("rotateTitle", { label })}
          </Dialog.Title>
          <Dialog.Description className="text-muted">{t("rotateHint")}</Dialog.Description>
          {message !== undefined && <Notice tone="danger" title={message} />}
          {key === undefined ? (
            <form onSubmit={submitByHand(action)} className="flex flex-col gap-4">
              <input type="hidden" name="id" value={id} />
              <SelectField label={t("overlap")} name="hours">
                {OVERLAP_HOURS.map((hours) => (
                  <option key={hours} value={hours}>
                    {t(`overlaps.${hours}`)}
                  </option>
                ))}
              </SelectField>
              <div className="flex justify-end gap-2">
                <Dialog.Close className={buttonClass()}>{t("keep")}</Dialog.Close>
                <Button type="submit" variant="primary" disabled={busy}>
                  {t("rotateNow")}
                </Button>
              </div>
            </form>
          ) : (
            <>
              <SecretBox
                title={t("rotated", { label })}
                hint={t("shownOnce")}
                secret={key.secret}
                what={t("secret")}
              />
              <div className="flex justify-end">
                <Dialog.Close className={buttonClass("primary")}>{t("close")}</Dialog.Close>
              </div>
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
