import { useTranslations } from "next-intl";
import { useState } from "react";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Panel } from "#app/_components/panel.tsx";
import type { TeamName } from "#app/_server/teams.ts";

export type Holds = "now" | "date" | "always";
const CHOICES = { now: "fromNow", date: "fromDate", always: "fromAlways" } as const;

/** For which events a rule is asked: of which time, and of which team. */
export function ScopePanel({
  teams,
  ofTeam,
  holds: chosen,
}: {
  readonly teams: readonly TeamName[];
  readonly ofTeam: string | null;
  readonly holds: Holds;
}) {
  const t = useTranslations("Rules");
  const [holds, setHolds] = useState(chosen);
  return (
    <Panel title={t("ofTeamLabel")} note={t("fromHint")}>
      <div className="grid items-start gap-4 p-4 sm:grid-cols-2">
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 font-medium">{t("holds_from")}</legend>
          {(Object.keys(CHOICES) as Holds[]).map((choice) => (
            <label key={choice} className="flex min-h-6 items-center gap-2">
              <input
                type="radio"
                name="holds"
                value={choice}
                checked={holds === choice}
                onChange={() => setHolds(choice)}
                className="size-4 accent-(--action)"
              />
              {t(CHOICES[choice])}
            </label>
          ))}
        </fieldset>
        <div className="flex flex-col gap-3">
          {holds === "date" && (
            <TextField label={t("date")} name="effectiveFrom" type="date" required />
          )}
          <TextField label={t("until")} name="effectiveTo" type="date" hint={t("untilHint")} />
          <SelectField
            label={t("ofTeamLabel")}
            name="ofTeam"
            defaultValue={ofTeam ?? ""}
            hint={t("ofTeamHint")}
          >
            <option value="">{t("ofTeamAll")}</option>
            {teams.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
      </div>
    </Panel>
  );
}
