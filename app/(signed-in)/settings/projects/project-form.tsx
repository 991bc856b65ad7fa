"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import type { TeamName } from "#app/_server/teams.ts";
import { createProjectAction } from "./actions.ts";
import { TeamSelect } from "./team-select.tsx";

export function ProjectForm({ teams }: { readonly teams: readonly TeamName[] }) {
  const t = useTranslations("Projects");
  const [state, action, busy] = useActionState(createProjectAction, {});
  const { values = {}, message, done } = state;
  return (
    <Panel title={t("new")}>
      <form action={action} className="flex flex-col gap-3 p-4">
        {message !== undefined && <Notice tone="danger" title={message} />}
        <div className="grid gap-3 sm:grid-cols-3">
          <TextField
            label={t("id")}
            name="id"
            required
            maxLength={200}
            hint={t("idHint")}
            defaultValue={values.id}
          />
          <TextField label={t("name")} name="name" maxLength={120} defaultValue={values.name} />
          <TeamSelect teams={teams} team={values.team || null} />
        </div>
        <FormEnd busy={busy} done={done}>
          {t("create")}
        </FormEnd>
      </form>
    </Panel>
  );
}
