import { useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import type { HistoryChoices } from "#lib/history-runs/history-choices.ts";
import type { HistoryFormQuery } from "./history-query.ts";

type HistoryFormProps = {
  readonly query: HistoryFormQuery;
  readonly choices: HistoryChoices;
  /** `2026-11-22` */
  readonly today: string;
};

/** Chooses what of history is to be looked at; an address makes it a plain form, whose answer is a link to share. */
export function HistoryForm({
  action,
  query,
  choices,
  today,
}: HistoryFormProps & { readonly action: string | ((form: FormData) => void) }) {
  const t = useTranslations("History");
  return (
    <form
      action={action}
      className="grid grid-cols-2 items-end gap-3 md:grid-cols-[repeat(2,minmax(8rem,10rem))_repeat(3,minmax(7rem,1fr))_auto]"
    >
      <TextField
        label={t("firstDay")}
        name="from"
        type="date"
        required
        max={today}
        defaultValue={query.from}
      />
      <TextField
        label={t("lastDay")}
        name="until"
        type="date"
        required
        max={today}
        defaultValue={query.until}
      />
      <Choice
        name="provider"
        label={t("provider")}
        values={choices.providers}
        value={query.provider}
      />
      <Choice name="model" label={t("model")} values={choices.models} value={query.model} />
      <Choice name="team" label={t("team")} values={choices.teams} value={query.team} />
      <button type="submit" className={buttonClass()}>
        {t("preview")}
      </button>
    </form>
  );
}

function Choice({
  name,
  label,
  values,
  value,
}: {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
  readonly value: string;
}) {
  const t = useTranslations("History");
  return (
    <SelectField label={label} name={name} defaultValue={value}>
      <option value="">{t("all")}</option>
      {values.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </SelectField>
  );
}
