"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { recordAliasAction } from "../actions.ts";

/** Names the model behind a name before its first call, or from a day on. */
export function NewAliasForm() {
  const t = useTranslations("Aliases");
  const [{ done, mistakes }, action, busy] = useActionState(recordAliasAction, {});
  return (
    <form action={action} className="flex flex-col gap-3 p-4">
      <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <TextField label={t("provider")} name="provider" required maxLength={200} />
        <TextField label={t("reported")} name="reported" required maxLength={200} />
        <TextField
          label={t("standsFor")}
          name="target"
          required
          maxLength={400}
          placeholder="openai/gpt-5.5"
        />
        <TextField label={t("from")} name="effective_from" type="date" hint={t("fromHint")} />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={busy}>
          {t("record")}
        </Button>
        <p role="status" className="text-sm">
          {done ?? mistakes?.join(" ")}
        </p>
      </div>
    </form>
  );
}
