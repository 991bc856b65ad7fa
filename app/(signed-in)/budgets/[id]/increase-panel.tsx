"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, startTransition, useActionState, useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { askIncreaseAction, decideIncreaseAction } from "../actions.ts";
import { FormResult } from "../form-result.tsx";

export type ShownIncrease = {
  readonly id: string;
  readonly amount: string;
  readonly reason: string;
  readonly status: "requested" | "approved" | "refused" | "withdrawn";
  readonly until: string;
  readonly by: string;
  /** Whether it is waiting, or in force and may be ended. */
  readonly isOpen: boolean;
};

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
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => action(form));
  };
  return (
    <div className="flex flex-col gap-3 p-4">
      <FormResult state={state} />
      {increases.length > 0 && (
        <ul className="flex flex-col gap-2">
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
      <form onSubmit={submit} className="grid items-start gap-3 sm:grid-cols-2">
        <input type="hidden" name="id" value={id} />
        <TextField label={t("more")} name="amount" inputMode="decimal" required />
        <TextField label={t("until")} name="until" type="date" hint={t("untilHint")} />
        <div className="sm:col-span-2">
          <TextField label={t("reason")} name="reason" required maxLength={1000} />
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

function IncreaseLine({
  budgetId,
  increase,
  mayApprove,
}: {
  readonly budgetId: string;
  readonly increase: ShownIncrease;
  readonly mayApprove: boolean;
}) {
  const t = useTranslations("Budgets");
  const [busy, start] = useTransition();
  const decide = (status: "approved" | "refused" | "withdrawn") => () =>
    start(() => decideIncreaseAction(budgetId, increase.id, status));
  const { amount, reason, status, until, by, isOpen } = increase;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="figures font-medium">+{amount}</span>
      <span className="min-w-0 break-words text-muted">
        {t("increaseLine", { reason, until, by })}
      </span>
      <span className="rounded bg-sunken px-1.5 py-0.5 text-xs">{t(`decisions.${status}`)}</span>
      {mayApprove && isOpen && status === "requested" && (
        <span className="flex gap-1">
          <Button className="h-7" disabled={busy} onClick={decide("approved")}>
            {t("approve")}
          </Button>
          <Button className="h-7" variant="ghost" disabled={busy} onClick={decide("refused")}>
            {t("refuse")}
          </Button>
        </span>
      )}
      {mayApprove && isOpen && status === "approved" && (
        <Button className="h-7" variant="ghost" disabled={busy} onClick={decide("withdrawn")}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}
