import { useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import type { TeamName } from "#app/_server/teams.ts";
import { ModelField } from "../prices/model-field.tsx";
import { CALCULATOR_UNITS, type CalculatorQuery } from "./calculator-query.ts";

const TIERS = ["standard", "batch", "flex", "priority"] as const;

/** One call to be priced. A plain form: it works before any script does, and its answer is a link to share. */
export function CalculatorForm({
  query,
  teams,
}: {
  readonly query: CalculatorQuery;
  readonly teams: readonly TeamName[];
}) {
  const t = useTranslations("Calculator");
  const units = useTranslations("Units");
  return (
    <form action="/calculator" className="flex flex-col gap-4 p-4">
      <div className="grid gap-3 md:grid-cols-3">
        {[0, 1, 2].map((i) => (
          <ModelField
            key={i}
            label={t("model", { number: i + 1 })}
            name="model"
            maxLength={400}
            required={i === 0}
            defaultValue={query.models[i] ?? ""}
            placeholder={i === 0 ? "openai/gpt-5.5" : t("optional")}
          />
        ))}
      </div>
      <div className="grid grid-cols-2 gap-3 md:grid-cols-4 xl:grid-cols-7">
        {CALCULATOR_UNITS.map((unit) => (
          <TextField
            key={unit}
            label={units(unit)}
            name={unit}
            inputMode="numeric"
            pattern="[0-9 ,_]{1,19}"
            defaultValue={query.usage[unit]}
            placeholder="0"
          />
        ))}
      </div>
      <div className="grid grid-cols-2 items-start gap-3 md:grid-cols-5">
        <SelectField label={t("tier")} name="tier" defaultValue={query.tier}>
          <option value="">{t("standard")}</option>
          {TIERS.filter((tier) => tier !== "standard").map((tier) => (
            <option key={tier}>{tier}</option>
          ))}
        </SelectField>
        <SelectField label={t("speed")} name="speed" defaultValue={query.speed}>
          <option value="">{t("normalSpeed")}</option>
          <option>fast</option>
        </SelectField>
        <TextField
          label={t("region")}
          name="region"
          maxLength={64}
          defaultValue={query.region}
          placeholder={t("anywhere")}
        />
        <TextField
          label={t("at")}
          name="at"
          type="datetime-local"
          defaultValue={query.at}
          hint={t("atHint")}
        />
        <SelectField label={t("team")} name="team" defaultValue={query.team}>
          <option value="">{t("listPrices")}</option>
          {teams.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <div>
        <button type="submit" className={buttonClass("primary")}>
          {t("calculate")}
        </button>
      </div>
    </form>
  );
}
