"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { TextField } from "#app/_components/field.tsx";
import { LineForm } from "#app/_components/line-form.tsx";
import { setAuditRetentionAction } from "./actions.ts";

/** How long entries are kept; empty: forever. */
export function RetentionForm({ days }: { readonly days: number | null }) {
  const t = useTranslations("Audit");
  const [{ errors = {}, done }, action, busy] = useActionState(setAuditRetentionAction, {});
  return (
    <LineForm action={action} save={t("retentionSave")} busy={busy} done={done}>
      <TextField
        label={t("retentionDays")}
        hint={t("retentionHint")}
        name="days"
        type="number"
        min={90}
        max={36500}
        defaultValue={days ?? ""}
        error={errors.days}
      />
    </LineForm>
  );
}
