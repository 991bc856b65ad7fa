"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { CONTROL_CLASS, TextField } from "#app/_components/field.tsx";
import { FUNDING_SOURCES } from "#lib/cost-model/funding.ts";
import { DraftForm } from "./draft-form.tsx";

export type FundingRow = {
  readonly provider: string;
  readonly model: string;
  readonly source: string;
};
export type ModelStart = {
  readonly effectiveFrom: string;
  readonly markup: string;
  readonly headcount: string;
  readonly note: string;
  readonly funding: readonly FundingRow[];
};

/** Markup, headcount and who pays for which usage, from a day on. */
export function ModelForm({ team, start }: { readonly team: string; readonly start: ModelStart }) {
  const t = useTranslations("CostModels");
  return (
    <DraftForm draft="model" team={team}>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <TextField
          label={t("effectiveFrom")}
          name="effective_from"
          type="date"
          defaultValue={start.effectiveFrom}
          hint={t("effectiveFromHint")}
        />
        <TextField
          label={t("markup")}
          name="markup"
          defaultValue={start.markup}
          placeholder="5%"
          hint={t("markupHint")}
        />
        <TextField
          label={t("headcount")}
          name="headcount"
          type="number"
          min={0}
          defaultValue={start.headcount}
          hint={t("headcountHint")}
        />
        <TextField label={t("note")} name="note" maxLength={500} defaultValue={start.note} />
      </div>
      <FundingFields start={start.funding} />
    </DraftForm>
  );
}

function FundingFields({ start }: { readonly start: readonly FundingRow[] }) {
  const t = useTranslations("CostModels");
  const [count, setCount] = useState(start.length);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{t("funding")}</legend>
      <p className="text-muted text-xs">{t("fundingHint")}</p>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are only ever added
        <div key={index} className="grid grid-cols-3 gap-2">
          <input
            aria-label={t("providerOf", { n: index + 1 })}
            name={`funding.${index}.provider`}
            defaultValue={start[index]?.provider}
            placeholder={t("anyProvider")}
            maxLength={200}
            className={CONTROL_CLASS}
          />
          <input
            aria-label={t("modelOf", { n: index + 1 })}
            name={`funding.${index}.model`}
            defaultValue={start[index]?.model}
            placeholder={t("anyModel")}
            maxLength={200}
            className={CONTROL_CLASS}
          />
          <select
            aria-label={t("sourceOf", { n: index + 1 })}
            name={`funding.${index}.source`}
            defaultValue={start[index]?.source ?? "plan"}
            className={CONTROL_CLASS}
          >
            <option value="">{t("noRule")}</option>
            {FUNDING_SOURCES.map((source) => (
              <option key={source} value={source}>
                {t(`sources.${source}`)}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div>
        <Button onClick={() => setCount(count + 1)}>{t("addRule")}</Button>
      </div>
    </fieldset>
  );
}
