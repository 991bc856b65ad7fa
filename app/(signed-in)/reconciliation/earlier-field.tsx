import { useTranslations } from "next-intl";
import { SelectField } from "#app/_components/field.tsx";
import { Panel } from "#app/_components/panel.tsx";
import type { UploadTexts } from "./send-invoice.ts";

/** What a file is to the invoices of its month and provider: only finance knows. */
export function EarlierField({
  earlier,
  toEarlier,
  onPlace,
}: {
  readonly earlier: UploadTexts["earlier"];
  readonly toEarlier: string;
  readonly onPlace: (toEarlier: string) => void;
}) {
  const t = useTranslations("Reconciliation.earlier");
  const files = earlier.map(({ file }) => file).join(", ");
  return (
    <Panel title={t("title")} note={t("note", { files })}>
      <div className="max-w-xl p-4">
        <SelectField
          label={t("question")}
          name="earlier"
          value={toEarlier}
          onChange={(event) => onPlace(event.target.value)}
        >
          <option value="">{t("choose")}</option>
          <option value="add">{t("add")}</option>
          <option value="replace">{t("replace", { count: earlier.length })}</option>
          {earlier.length > 1 &&
            earlier.map(({ id, file }) => (
              <option key={id} value={id}>
                {t("replaceOne", { file })}
              </option>
            ))}
        </SelectField>
      </div>
    </Panel>
  );
}
