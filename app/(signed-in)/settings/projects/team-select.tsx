import { useTranslations } from "next-intl";
import { SelectField } from "#app/_components/field.tsx";
import type { TeamName } from "#app/_server/teams.ts";

/** The team of a project; one that is archived stays choosable where it is chosen. */
export function TeamSelect({
  teams,
  team,
  hint,
}: {
  readonly teams: readonly TeamName[];
  readonly team: string | null;
  readonly hint?: string;
}) {
  const t = useTranslations("Projects");
  const isKnown = team === null || teams.some(({ slug }) => slug === team);
  return (
    <SelectField label={t("team")} name="team" defaultValue={team ?? ""} hint={hint}>
      <option value="">{t("noTeam")}</option>
      {!isKnown && <option value={team}>{team}</option>}
      {teams.map(({ slug, name }) => (
        <option key={slug} value={slug}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
