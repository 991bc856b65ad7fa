"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import type { Project } from "#lib/organization/projects.ts";
import { updateProjectAction } from "./actions.ts";
import { TeamSelect } from "./team-select.tsx";

/** Name and team of a project, and whether it is in use. */
export function ProjectEditor({
  project: { id, name, team, archivedAt },
  teams,
}: {
  readonly project: Project;
  readonly teams: readonly TeamName[];
}) {
  const t = useTranslations("Projects");
  const [{ message, done }, save, busy] = useActionState(updateProjectAction, {});
  const isArchived = archivedAt !== null;
  return (
    <div className="flex flex-col gap-3 bg-sunken px-4 py-4">
      {message !== undefined && <Notice tone="danger" title={message} />}
      <form onSubmit={submitByHand(save)} className="grid gap-3 sm:grid-cols-2">
        <input type="hidden" name="id" value={id} />
        <TextField label={t("name")} name="name" required maxLength={120} defaultValue={name} />
        <TeamSelect teams={teams} team={team} hint={t("teamHint")} />
        <FormEnd busy={busy} done={done}>
          {t("save")}
        </FormEnd>
      </form>
      <form action={save}>
        <input type="hidden" name="id" value={id} />
        <Button
          type="submit"
          name="wanted"
          value={isArchived ? "restore" : "archive"}
          variant={isArchived ? "secondary" : "danger"}
          disabled={busy}
        >
          {t(isArchived ? "restore" : "archive")}
        </Button>
      </form>
    </div>
  );
}
