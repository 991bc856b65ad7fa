"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { setAuditRetentionAction } from "./actions.ts";

/** How long entries are kept; empty: forever. */
export function RetentionForm({ days }: { readonly days: number | null }) {
  const t = useTranslations("Audit");
  const [{ errors = {}, done }, action, busy] = useActionState(setAuditRetentionAction, {});
  return (
    <form onSubmit={submitByHand(action)} className="flex flex-wrap items-end gap-3 p-4">
      <div className="w-64">
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
      </div>
      <Button type="submit" disabled={busy}>
        {t("retentionSave")}
      </Button>
      <p role="status" className="text-muted">
        {done}
      </p>
    </form>
  );
}
