"use client";

import { useTranslations } from "next-intl";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { FORM_UNITS } from "../prices/price-form-input.ts";
import { DraftForm } from "./draft-form.tsx";

/** What was agreed with a provider: a discount, or prices by unit. */
export function ContractForm({ team, from }: { readonly team: string; readonly from: string }) {
  const t = useTranslations("CostModels");
  const prices = useTranslations("Prices");
  const units = useTranslations("Units");
  return (
    <DraftForm draft="contract" team={team}>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <TextField
          label={t("provider")}
          name="provider"
          maxLength={200}
          placeholder={t("anyProvider")}
        />
        <TextField label={t("model")} name="model" maxLength={200} placeholder={t("anyModel")} />
        <TextField
          label={prices("discount")}
          name="discount"
          placeholder="12%"
          hint={t("discountHint")}
        />
        <SelectField label={t("discountUnit")} name="discount_unit" defaultValue="">
          <option value="">{units("all")}</option>
          {FORM_UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {units(unit)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t("effectiveFrom")}
          name="effective_from"
          type="date"
          defaultValue={from}
          hint={t("contractFromHint")}
        />
        <TextField label={t("endsOn")} name="effective_to" type="date" hint={t("endsOnHint")} />
        <TextField label={t("sourceName")} name="source_name" maxLength={200} />
        <TextField label={t("sourceUrl")} name="source_url" type="url" maxLength={1_000} />
      </div>
      <div className="grid grid-cols-2 gap-3 md:grid-cols-5">
        {FORM_UNITS.map((unit) => (
          <TextField
            key={unit}
            label={units(unit)}
            name={`amount.${unit}`}
            inputMode="decimal"
            pattern="\d{1,12}(\.\d{1,12})?"
            hint={prices("perMillionShort")}
          />
        ))}
      </div>
    </DraftForm>
  );
}
