import { useTranslations } from "next-intl";
import { TextField } from "#app/_components/field.tsx";

const COLUMNS = ["amount", "day", "model", "token_class", "tokens", "kind", "currency"] as const;

/** Which column of a CSV file of another form says what. */
export function ColumnFields() {
  const t = useTranslations("Reconciliation");
  return (
    <fieldset className="grid gap-3 sm:grid-cols-4">
      <legend className="mb-2 font-medium">{t("columns")}</legend>
      <TextField
        label={t("heads.provider")}
        name="provider"
        required
        maxLength={100}
        placeholder="openai"
      />
      {COLUMNS.map((name) => (
        <TextField
          key={name}
          label={t(`columnNames.${name}`)}
          name={`column.${name}`}
          maxLength={100}
        />
      ))}
    </fieldset>
  );
}
