"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { planEventAction } from "./actions.ts";

/** Days, whose spend, and how many times the usual it may be. */
export function PlannedForm({ team }: { readonly team: string }) {
  const t = useTranslations("PlannedEvents");
  const [{ done, message }, action, busy] = useActionState(planEventAction, {});
  return (
    <form onSubmit={submitByHand(action)} className="flex flex-col gap-3 p-4">
      <div role="status" className="empty:hidden">
        {done !== undefined && <Notice title={done} />}
        {message !== undefined && <Notice tone="danger" title={message} />}
      </div>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <TextField label={t("label")} name="label" required maxLength={200} />
        <TextField label={t("firstDay")} name="first_day" type="date" required />
        <TextField label={t("lastDay")} name="last_day" type="date" required />
        <TextField
          label={t("factor")}
          name="factor"
          inputMode="decimal"
          pattern="\d{1,3}(\.\d{1,3})?"
          hint={t("factorHint")}
        />
        <TextField
          label={t("team")}
          name="team"
          defaultValue={team}
          maxLength={200}
          hint={t("any")}
        />
        <TextField label={t("agent")} name="agent" maxLength={200} hint={t("any")} />
        <TextField label={t("model")} name="model" maxLength={200} hint={t("any")} />
      </div>
      <div>
        <Button type="submit" variant="primary" disabled={busy}>
          {t("add")}
        </Button>
      </div>
    </form>
  );
}
