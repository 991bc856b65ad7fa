"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { setPersonFloorAction } from "./actions.ts";

export function FloorForm({ floor }: { readonly floor: number }) {
  const t = useTranslations("SignInSettings");
  const [{ errors = {}, done }, action, busy] = useActionState(setPersonFloorAction, {});
  return (
    <form onSubmit={submitByHand(action)} className="flex flex-wrap items-end gap-3 p-4">
      <div className="w-64">
        <TextField
          label={t("floor")}
          hint={t("floorHint")}
          name="floor"
          type="number"
          min={1}
          max={1000}
          required
          defaultValue={floor}
          error={errors.floor}
        />
      </div>
      <Button type="submit" disabled={busy}>
        {t("save")}
      </Button>
      <p role="status" className="text-muted">
        {done}
      </p>
    </form>
  );
}
