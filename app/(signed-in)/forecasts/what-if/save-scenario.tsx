"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { saveScenarioAction } from "./actions.ts";

/** Keeps the question under a name. */
export function SaveScenario({ question }: { readonly question: string }) {
  const t = useTranslations("WhatIf");
  const [{ message, done }, action, busy] = useActionState(saveScenarioAction, {});
  return (
    <form onSubmit={submitByHand(action)} className="flex flex-col gap-3 px-4 py-3">
      <input type="hidden" name="question" value={question} />
      <div className="max-w-sm">
        <TextField
          label={t("name")}
          name="name"
          required
          maxLength={200}
          autoComplete="off"
          error={message}
        />
      </div>
      <label className="flex min-h-6 items-center gap-2">
        <input type="checkbox" name="shared" value="1" className="size-4 accent-(--action)" />
        {t("share")}
      </label>
      <FormEnd busy={busy} done={done}>
        {t("save")}
      </FormEnd>
    </form>
  );
}
