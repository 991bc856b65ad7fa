"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { CONTROL_CLASS } from "#app/_components/field.tsx";
import { submitTo } from "#app/_components/submit-to.ts";
import { decideIncreaseAction } from "../actions.ts";

export type ShownIncrease = {
  readonly id: string;
  readonly amount: string;
  readonly reason: string;
  readonly status: "requested" | "approved" | "refused" | "withdrawn";
  readonly until: string;
  readonly by: string;
  readonly decidedBy: string | null;
  readonly note: string | null;
  /** Whether the reader asked for it. */
  readonly isOwn: boolean;
  /** Whether it is waiting, or in force and may be ended. */
  readonly isOpen: boolean;
};

/** An increase, who asked and who decided; with what the reader may decide about it. */
export function IncreaseLine({
  budgetId,
  increase,
  mayApprove,
}: {
  readonly budgetId: string;
  readonly increase: ShownIncrease;
  readonly mayApprove: boolean;
}) {
  const t = useTranslations("Budgets");
  const [state, action, busy] = useActionState(decideIncreaseAction, {});
  const { id, amount, reason, status, until, by, decidedBy, note, isOwn, isOpen } = increase;
  const isWaiting = isOpen && status === "requested";
  const mayEnd = mayApprove && isOpen && status === "approved";
  const button = (decides: "approved" | "refused" | "withdrawn", label: string) => (
    <Button
      type="submit"
      name="status"
      value={decides}
      className="h-7"
      variant={decides === "approved" ? "secondary" : "ghost"}
      disabled={busy}
    >
      {label}
    </Button>
  );
  return (
    <li className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span className="figures font-medium">+{amount}</span>
        <span className="min-w-0 break-words">{reason}</span>
        <span className="rounded bg-sunken px-1.5 py-0.5 text-xs">{t(`decisions.${status}`)}</span>
      </p>
      <p className="min-w-0 break-words text-muted text-xs">
        {[
          t("increaseLine", { until, by }),
          status !== "requested" &&
            decidedBy !== null &&
            t(`decidedBy.${status}`, { by: decidedBy }),
          note,
        ]
          .filter((part) => part !== null && part !== false)
          .join(" · ")}
      </p>
      {(isWaiting && (mayApprove || isOwn)) || mayEnd ? (
        <form onSubmit={submitTo(action)} className="flex flex-wrap items-center gap-2">
          <input type="hidden" name="budget" value={budgetId} />
          <input type="hidden" name="id" value={id} />
          {isWaiting && mayApprove && (
            <>
              <input
                name="note"
                maxLength={1000}
                aria-label={t("decisionNote")}
                placeholder={t("decisionNote")}
                className={`${CONTROL_CLASS} max-w-56`}
              />
              {button("approved", t("approve"))}
              {button("refused", t("refuse"))}
            </>
          )}
          {isWaiting && isOwn && button("withdrawn", t("withdraw"))}
          {mayEnd && button("withdrawn", t("end"))}
        </form>
      ) : null}
      {state.mistakes?.map((mistake) => (
        <p key={mistake} role="alert" className="text-danger text-xs">
          {mistake}
        </p>
      ))}
    </li>
  );
}
