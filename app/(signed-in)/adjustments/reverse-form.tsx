"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { reverseEntryAction } from "./actions.ts";

/** Takes a booking back, in its own month while that is open. */
export function ReverseForm({
  id,
  month,
  openMonths,
}: {
  readonly id: string;
  readonly month: string;
  readonly openMonths: readonly string[];
}) {
  const t = useTranslations("Journal");
  const [state, send, isSending] = useActionState(reverseEntryAction, {});
  return (
    <details className="text-left">
      <summary className="cursor-pointer whitespace-nowrap text-right text-muted text-xs hover:text-text">
        {t("reverse")}
      </summary>
      <form action={send} className="flex min-w-48 flex-col gap-2 py-2">
        <input type="hidden" name="id" value={id} />
        <SelectField
          label={t("month")}
          name="month"
          defaultValue={openMonths.includes(month) ? month : openMonths[0]}
        >
          {openMonths.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField label={t("why")} name="note" required maxLength={500} error={state.message} />
        <Button type="submit" variant="danger" disabled={isSending}>
          {t("reverseNow")}
        </Button>
      </form>
    </details>
  );
}
