"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { TextField } from "#app/_components/field.tsx";
import { LineForm } from "#app/_components/line-form.tsx";
import { setPersonFloorAction } from "./actions.ts";

export function FloorForm({ floor }: { readonly floor: number }) {
  const t = useTranslations("SignInSettings");
  const [{ errors = {}, done }, action, busy] = useActionState(setPersonFloorAction, {});
  return (
    <LineForm action={action} save={t("save")} busy={busy} done={done}>
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
    </LineForm>
  );
}
