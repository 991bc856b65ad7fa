"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { askIncreaseAction } from "../actions.ts";
import { FormResult } from "../form-result.tsx";
import { IncreaseLine, type ShownIncrease } from "./increase-line.tsx";

/** Asks for more for a while; those who may, decide. */
export function IncreasePanel({
  id,
  increases,
  mayApprove,
}: {
  readonly id: string;
  readonly increases: readonly ShownIncrease[];
  readonly mayApprove: boolean;
}) {
  const t = useTranslations("Budgets");
  const [state, action, busy] = useActionState(askIncreaseAction, {});
  return (
    <div className="flex flex-col gap-3 p-4">
      <FormResult state={state} />
      {increases.length > 0 && (
        <ul className="flex flex-col gap-3">
          {increases.map((increase) => (
            <IncreaseLine
              key={increase.id}
              budgetId={id}
              increase={increase}
              mayApprove={mayApprove}
            />
          ))}
        </ul>
      )}
      <form onSubmit={submitByHand(action)} className="grid items-start gap-3 sm:grid-cols-2">
        <input type="hidden" name="id" value={id} />
        <TextField
          label={t("more")}
          name="amount"
          inputMode="decimal"
          required
          error={state.errors?.amount}
        />
        <TextField
          label={t("until")}
          name="until"
          type="date"
          hint={t("untilHint")}
          error={state.errors?.until}
        />
        <div className="sm:col-span-2">
          <TextField
            label={t("reason")}
            name="reason"
            required
            maxLength={1000}
            error={state.errors?.reason}
          />
        </div>
        <div>
          <Button type="submit" disabled={busy}>
            {mayApprove ? t("increase") : t("askIncrease")}
          </Button>
        </div>
      </form>
    </div>
  );
}
