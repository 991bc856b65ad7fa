import { useTranslations } from "next-intl";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import type { TeamName } from "#app/_server/teams.ts";
import type { BackTest } from "#lib/anomaly-control/back-test.ts";
import { LimitSlider } from "./limit-slider.tsx";

/** The limits to try, and on whose days. */
export function LimitForm({
  team,
  teams,
  limits,
}: {
  readonly team: string | undefined;
  /** What there is to choose from; '' is the whole organisation. */
  readonly teams: readonly TeamName[];
  readonly limits: BackTest["limits"];
}) {
  const t = useTranslations("Anomalies");
  return (
    <form
      action="/anomalies/sensitivity"
      className="grid items-end gap-4 rounded-lg border border-line bg-surface p-4 md:grid-cols-[12rem_1fr_1fr_10rem_auto]"
    >
      <SelectField label={t("whose")} name="team" defaultValue={team ?? ""} key={team}>
        {teams.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </SelectField>
      <LimitSlider
        label={t("deviations")}
        name="deviations"
        min={1}
        max={12}
        step={0.5}
        start={limits.deviations}
      />
      <LimitSlider
        label={t("sharePercent")}
        name="share"
        min={5}
        max={300}
        step={5}
        start={Math.round(limits.share * 100)}
      />
      <TextField
        label={t("leastAmount")}
        name="amount"
        inputMode="decimal"
        defaultValue={String(Math.round(limits.amount * 100) / 100)}
      />
      <Button type="submit" variant="primary">
        {t("tryIt")}
      </Button>
    </form>
  );
}
