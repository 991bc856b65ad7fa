import { useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { ModelField } from "../../prices/model-field.tsx";
import type { ScopeChoice } from "../scope-choices.ts";
import { ScopeOptions } from "../scope-options.tsx";
import type { WhatIfFields } from "./question-query.ts";

/** Asks by address, so that a question can be sent to somebody. */
export function WhatIfForm({
  fields,
  choices,
}: {
  readonly fields: WhatIfFields;
  readonly choices: readonly ScopeChoice[];
}) {
  const t = useTranslations("WhatIf");
  const percent = { inputMode: "decimal", autoComplete: "off" } as const;
  return (
    <form action="/forecasts/what-if" className="flex flex-col gap-4 p-4">
      <div className="grid grid-cols-2 items-start gap-3 lg:grid-cols-4">
        <SelectField label={t("scope")} name="scope" defaultValue={fields.scope}>
          <ScopeOptions choices={choices} />
        </SelectField>
        <ModelField
          label={t("model")}
          name="model"
          hint={t("modelHint")}
          defaultValue={fields.model}
          maxLength={400}
        />
        <ModelField
          label={t("toModel")}
          name="to_model"
          hint={t("toModelHint")}
          defaultValue={fields.to_model}
          maxLength={400}
        />
        <TextField
          label={t("price")}
          name="price"
          hint={t("priceHint")}
          defaultValue={fields.price}
          {...percent}
        />
        <TextField
          label={t("cache")}
          name="cache"
          hint={t("cacheHint")}
          defaultValue={fields.cache}
          {...percent}
        />
        <TextField
          label={t("batch")}
          name="batch"
          hint={t("batchHint")}
          defaultValue={fields.batch}
          {...percent}
        />
        <TextField
          label={t("before")}
          name="before"
          hint={t("peopleHint")}
          type="number"
          min={1}
          defaultValue={fields.before}
        />
        <TextField
          label={t("after")}
          name="after"
          type="number"
          min={0}
          defaultValue={fields.after}
        />
      </div>
      <div>
        <button type="submit" className={buttonClass("primary")}>
          {t("ask")}
        </button>
      </div>
    </form>
  );
}
