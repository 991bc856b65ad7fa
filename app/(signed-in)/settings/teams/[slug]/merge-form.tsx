"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import { mergeTeamAction } from "../actions.ts";

/** Sends what would fall to a team to another one, from a date on. */
export function MergeForm({
  slug,
  others,
}: {
  readonly slug: string;
  readonly others: readonly TeamName[];
}) {
  const t = useTranslations("Teams");
  const [{ message, done }, merge, busy] = useActionState(mergeTeamAction, {});
  return (
    <Panel title={t("merge")} note={t("mergeNote")}>
      <form onSubmit={submitByHand(merge)} className="flex flex-col gap-3 p-4">
        {message !== undefined && <Notice tone="danger" title={message} />}
        <input type="hidden" name="slug" value={slug} />
        <div className="grid gap-3 sm:grid-cols-2">
          <SelectField label={t("mergeInto")} name="into" required defaultValue="">
            <option value="" disabled>
              {t("choose")}
            </option>
            {others.map((team) => (
              <option key={team.slug} value={team.slug}>
                {team.name}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t("fromDay")}
            name="from"
            type="date"
            required
            hint={t("fromDayHint")}
          />
        </div>
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 font-medium">{t("pastLabel")}</legend>
          {(["stays", "under"] as const).map((history) => (
            <label key={history} className="flex min-h-6 items-start gap-2">
              <input
                type="radio"
                name="history"
                value={history}
                defaultChecked={history === "stays"}
                className="mt-0.5 size-4 accent-(--action)"
              />
              {t(`past.${history}`)}
            </label>
          ))}
        </fieldset>
        <label className="flex min-h-6 items-start gap-2">
          <input type="checkbox" required className="mt-0.5 size-4 accent-(--action)" />
          {t("mergeSure")}
        </label>
        <FormEnd busy={busy} done={done} variant="danger">
          {t("mergeNow")}
        </FormEnd>
      </form>
    </Panel>
  );
}
