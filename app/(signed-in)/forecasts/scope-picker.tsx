import { useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import { SelectField } from "#app/_components/field.tsx";
import type { ScopeChoice } from "./scope-choices.ts";
import { ScopeOptions } from "./scope-options.tsx";

/** Chooses what is forecast and how far; the choice is in the address, so that a link shows the same. */
export function ScopePicker({
  choices,
  scope,
  horizon,
  horizons,
}: {
  readonly choices: readonly ScopeChoice[];
  readonly scope: string;
  readonly horizon: number;
  readonly horizons: readonly number[];
}) {
  const t = useTranslations("Forecasts");
  return (
    <form
      action="/forecasts"
      className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-end gap-3 md:grid-cols-[minmax(14rem,24rem)_9rem_auto] md:justify-start"
    >
      <SelectField label={t("scope")} name="scope" defaultValue={scope} key={scope}>
        <ScopeOptions choices={choices} />
      </SelectField>
      <SelectField label={t("horizon")} name="horizon" defaultValue={horizon}>
        {horizons.map((days) => (
          <option key={days} value={days}>
            {t("days", { count: days })}
          </option>
        ))}
      </SelectField>
      <button type="submit" className={buttonClass()}>
        {t("show")}
      </button>
    </form>
  );
}
