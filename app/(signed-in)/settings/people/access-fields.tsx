"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SelectField } from "#app/_components/field.tsx";
import type { TeamName } from "#app/_server/teams.ts";
import { ROLES, type Role } from "#lib/access/viewer.ts";

/** A role, and the teams for those that do not see all of them. */
export function AccessFields({
  teams,
  given,
}: {
  readonly teams: readonly TeamName[];
  readonly given: { readonly role: Role; readonly teams: readonly string[] };
}) {
  const t = useTranslations("People");
  const roles = useTranslations("Account.roles");
  const [role, setRole] = useState<Role>(given.role);
  const seesAll = role === "admin" || role === "finance";
  return (
    <>
      <SelectField
        label={t("role")}
        name="role"
        value={role}
        hint={t(`roleHints.${role}`)}
        onChange={({ target }) => setRole(ROLES.find((name) => name === target.value) ?? "viewer")}
      >
        {ROLES.map((name) => (
          <option key={name} value={name}>
            {roles(name)}
          </option>
        ))}
      </SelectField>
      <fieldset className="flex min-w-0 flex-col gap-1.5" disabled={seesAll}>
        <legend className="mb-1.5 font-medium">{t("teams")}</legend>
        {seesAll || teams.length === 0 ? (
          <p className="text-muted">{t(seesAll ? "allTeams" : "noTeams")}</p>
        ) : (
          <div className="flex max-h-36 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
            {teams.map(({ slug, name }) => (
              <label key={slug} className="flex min-h-6 items-center gap-1.5">
                <input
                  type="checkbox"
                  name="teams"
                  value={slug}
                  defaultChecked={given.teams.includes(slug)}
                  className="size-4 accent-(--action)"
                />
                {name}
              </label>
            ))}
          </div>
        )}
      </fieldset>
    </>
  );
}
