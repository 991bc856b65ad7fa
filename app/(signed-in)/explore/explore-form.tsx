import { useTranslations } from "next-intl";
import { AddressForm } from "#app/_components/address-form.tsx";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { filterPairs } from "#app/_query/filters.ts";
import { costPairs, periodPairs } from "#app/_query/links.ts";
import { BUCKETS, DIMENSIONS } from "#lib/reports/usage-query.ts";
import type { ExploreQuery } from "./explore-pairs.ts";
import { MEASURES } from "./measures.ts";

/** The question, as a plain form that asks by the address: it works without scripts, and a link repeats it. */
export function ExploreForm({ query }: { readonly query: ExploreQuery }) {
  const t = useTranslations("Explore");
  const groups = useTranslations("Groups.names");
  const [first, second] = query.groupBy;
  return (
    <AddressForm
      action="/explore"
      // Fields keep what a person chose, so another question needs fields of its own.
      key={JSON.stringify([query.measure, query.groupBy, query.wantedBucket, query.compare])}
      className="grid grid-cols-2 items-end gap-3 rounded-lg border border-line bg-surface p-4 md:grid-cols-4 xl:grid-cols-[repeat(6,minmax(0,1fr))_auto]"
    >
      {[
        ...periodPairs(query.period),
        ...filterPairs(query.filters),
        ...costPairs(query.costBasis),
        ...(query.compare ? [["compare", "1"]] : []),
      ].map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <SelectField label={t("measure")} name="measure" defaultValue={query.measure}>
        {MEASURES.map((measure) => (
          <option key={measure} value={measure}>
            {t(`measures.${measure}`)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t("by")} name="by" defaultValue={first}>
        <DimensionOptions />
      </SelectField>
      <SelectField label={t("then")} name="then" defaultValue={second ?? ""}>
        <option value="">–</option>
        <DimensionOptions />
      </SelectField>
      <SelectField label={t("bucket")} name="bucket" defaultValue={query.wantedBucket ?? ""}>
        <option value="">{t("auto", { bucket: t(`buckets.${query.period.bucket}`) })}</option>
        {BUCKETS.map((bucket) => (
          <option key={bucket} value={bucket}>
            {t(`buckets.${bucket}`)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t("filterBy")} name="add" defaultValue="" data-later="">
        <option value="">–</option>
        {DIMENSIONS.map((dimension) => (
          <option key={dimension} value={dimension}>
            {groups(dimension)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t("filterValue")}
        name="value"
        maxLength={200}
        autoComplete="off"
        data-later=""
      />
      <Button type="submit">{t("addFilter")}</Button>
    </AddressForm>
  );
}

function DimensionOptions() {
  const groups = useTranslations("Groups.names");
  return DIMENSIONS.map((dimension) => (
    <option key={dimension} value={dimension}>
      {groups(dimension)}
    </option>
  ));
}
