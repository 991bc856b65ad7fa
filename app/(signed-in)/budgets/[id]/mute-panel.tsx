"use client";

import { useTranslations } from "next-intl";
import { useActionState, useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { submitTo } from "#app/_components/submit-to.ts";
import { muteBudgetAction, unmuteBudgetAction } from "../actions.ts";
import { FormResult } from "../form-result.tsx";

/** Keeps a budget silent, with a reason and an end. */
export function MutePanel({
  id,
  muted,
}: {
  readonly id: string;
  /** In words; null while it speaks. */
  readonly muted: string | null;
}) {
  const t = useTranslations("Budgets");
  const [state, action, busy] = useActionState(muteBudgetAction, {});
  const [ending, start] = useTransition();
  if (muted !== null) {
    return (
      <div className="flex flex-wrap items-center gap-3 p-4">
        <p>{muted}</p>
        <Button disabled={ending} onClick={() => start(() => unmuteBudgetAction(id))}>
          {t("unmute")}
        </Button>
      </div>
    );
  }
  return (
    <form onSubmit={submitTo(action)} className="flex flex-col gap-3 p-4">
      <FormResult state={state} />
      <input type="hidden" name="id" value={id} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t("reason")}
          name="reason"
          required
          maxLength={1000}
          error={state.errors?.reason}
        />
        <TextField
          label={t("muteUntil")}
          name="until"
          type="date"
          required
          error={state.errors?.until}
        />
      </div>
      <div>
        <Button type="submit" disabled={busy}>
          {t("mute")}
        </Button>
      </div>
    </form>
  );
}
