"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import type { Team } from "#lib/organization/teams.ts";
import { updateTeamAction } from "../actions.ts";

/** Name, place, cost centre and owners of a team, and whether it is in use. */
export function TeamEditor({
  team,
  others,
  state: stateText,
}: {
  readonly team: Team;
  readonly others: readonly TeamName[];
  readonly state: ReactNode;
}) {
  const t = useTranslations("Teams");
  const [state, save, saving] = useActionState(updateTeamAction, {});
  const { errors = {}, message, done } = state;
  const isKnown = team.parent === null || others.some(({ slug }) => slug === team.parent);
  return (
    <Panel title={t("edit")} note={stateText}>
      {message !== undefined && (
        <div className="p-4 pb-0">
          <Notice tone="danger" title={message} />
        </div>
      )}
      <form onSubmit={submitByHand(save)} className="flex flex-col gap-3 p-4">
        <input type="hidden" name="slug" value={team.slug} />
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          <TextField
            label={t("name")}
            name="name"
            required
            maxLength={120}
            defaultValue={team.name}
            error={errors.name}
          />
          <SelectField label={t("parent")} name="parent" defaultValue={team.parent ?? ""}>
            <option value="">{t("noParent")}</option>
            {!isKnown && team.parent !== null && <option value={team.parent}>{team.parent}</option>}
            {others.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t("costCenter")}
            name="costCenter"
            maxLength={120}
            defaultValue={team.costCenter ?? ""}
            hint={t("costCenterHint")}
            error={errors.costCenter}
          />
          <TextField
            label={t("owners")}
            name="owners"
            defaultValue={team.owners.join(", ")}
            hint={t("ownersHint")}
            error={errors.owners}
          />
        </div>
        <FormEnd busy={saving} done={done}>
          {t("save")}
        </FormEnd>
      </form>
      {team.merged === null && (
        <form
          action={save}
          className="flex flex-wrap items-center gap-3 border-line border-t px-4 py-3"
        >
          <input type="hidden" name="slug" value={team.slug} />
          <Button
            type="submit"
            name="wanted"
            value={team.archivedAt === null ? "archive" : "restore"}
            variant={team.archivedAt === null ? "danger" : "secondary"}
            disabled={saving}
          >
            {t(team.archivedAt === null ? "archive" : "restore")}
          </Button>
          <p className="text-muted text-xs">{t("archiveHint")}</p>
        </form>
      )}
    </Panel>
  );
}
