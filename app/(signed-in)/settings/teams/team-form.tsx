"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import type { TeamName } from "#app/_server/teams.ts";
import { createTeamAction } from "./actions.ts";

export function TeamForm({ teams }: { readonly teams: readonly TeamName[] }) {
  const t = useTranslations("Teams");
  const [state, action, busy] = useActionState(createTeamAction, {});
  const { values = {}, errors = {}, message, done } = state;
  return (
    <Panel title={t("new")}>
      <form action={action} className="flex flex-col gap-3 p-4">
        {message !== undefined && <Notice tone="danger" title={message} />}
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          <TextField
            label={t("name")}
            name="name"
            required
            maxLength={120}
            defaultValue={values.name}
            error={errors.name}
          />
          <TextField
            label={t("slug")}
            name="slug"
            maxLength={63}
            hint={t("slugHint")}
            defaultValue={values.slug}
            error={errors.slug}
          />
          <TextField
            label={t("costCenter")}
            name="costCenter"
            maxLength={120}
            defaultValue={values.costCenter}
            error={errors.costCenter}
          />
          <TextField
            label={t("owners")}
            name="owners"
            hint={t("ownersHint")}
            defaultValue={values.owners}
            error={errors.owners}
          />
          <SelectField
            label={t("parent")}
            name="parent"
            defaultValue={values.parent ?? ""}
            error={errors.parent}
          >
            <option value="">{t("noParent")}</option>
            {teams.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
        <FormEnd busy={busy} done={done}>
          {t("create")}
        </FormEnd>
      </form>
    </Panel>
  );
}
