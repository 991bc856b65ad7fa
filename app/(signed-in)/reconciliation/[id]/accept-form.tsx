"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import type { TeamName } from "#app/_server/teams.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { acceptGapAction } from "./actions.ts";

/** Books the gap in an open month, with the reason. */
export function AcceptForm({
  id,
  months,
  teams,
}: {
  readonly id: string;
  readonly months: readonly string[];
  readonly teams: readonly TeamName[];
}) {
  const t = useTranslations("Reconciliation");
  const [state, send, isSending] = useActionState(acceptGapAction, {});
  const { values = {}, message } = state;
  return (
    <form action={send} className="flex flex-col gap-3 p-4">
      {message !== undefined && <Notice tone="danger" title={message} />}
      <input type="hidden" name="id" value={id} />
      <div className="grid gap-3 sm:grid-cols-4">
        <SelectField label={t("bookIn")} name="month" defaultValue={values.month}>
          {months.map((month) => (
            <option key={month} value={month}>
              {month}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("bearer")} name="team" defaultValue={values.team ?? UNALLOCATED}>
          <option value={UNALLOCATED}>{t("nobody")}</option>
          {teams.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </SelectField>
        <div className="sm:col-span-2">
          <TextField
            label={t("why")}
            name="note"
            required
            maxLength={500}
            defaultValue={values.note}
          />
        </div>
      </div>
      <div>
        <Button type="submit" variant="primary" disabled={isSending}>
          {t("acceptNow")}
        </Button>
      </div>
    </form>
  );
}
