"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { withdrawInvoiceAction } from "./actions.ts";

/** Says that an invoice does not count, and why. */
export function WithdrawForm({ id }: { readonly id: string }) {
  const t = useTranslations("Reconciliation");
  const [{ values = {}, message }, send, isSending] = useActionState(withdrawInvoiceAction, {});
  return (
    <form action={send} className="flex flex-col gap-3 p-4">
      {message !== undefined && <Notice tone="danger" title={message} />}
      <input type="hidden" name="id" value={id} />
      <div className="max-w-xl">
        <TextField
          label={t("why")}
          name="note"
          required
          maxLength={500}
          defaultValue={values.note}
        />
      </div>
      <div>
        <Button type="submit" disabled={isSending}>
          {t("withdraw.now")}
        </Button>
      </div>
    </form>
  );
}
