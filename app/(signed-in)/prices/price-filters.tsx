import { useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import { VIEW_PARAMS } from "#app/_components/data-table/view-params.ts";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { PRICE_STATES } from "#lib/price-book/list-prices.ts";
import type { PricePageQuery } from "./price-query.ts";

/** Narrows the list. A plain form: it works before any script does, and its answer is a link to share. */
export function PriceFilters({
  query,
  providers,
  tiers,
}: {
  readonly query: PricePageQuery;
  readonly providers: readonly string[];
  readonly tiers: readonly string[];
}) {
  const t = useTranslations("Prices");
  return (
    <form
      action="/prices"
      className="grid grid-cols-2 items-end gap-3 md:grid-cols-[minmax(10rem,1fr)_repeat(4,minmax(7rem,11rem))_auto]"
    >
      {query.sort !== null && (
        <input type="hidden" name="sort" value={VIEW_PARAMS.sort.serialize(query.sort)} />
      )}
      <div className="col-span-2 md:col-span-1">
        <TextField
          label={t("search")}
          name="q"
          type="search"
          maxLength={200}
          defaultValue={query.search}
          placeholder={t("searchExample")}
        />
      </div>
      <SelectField label={t("provider")} name="provider" defaultValue={query.provider}>
        <option value="">{t("all")}</option>
        {providers.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
      <SelectField label={t("tier")} name="tier" defaultValue={query.tier}>
        <option value="">{t("all")}</option>
        {tiers.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
      <SelectField label={t("state")} name="state" defaultValue={query.state || "all"}>
        <option value="all">{t("all")}</option>
        {PRICE_STATES.map((state) => (
          <option key={state} value={state}>
            {t(`states.${state}`)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t("origin")} name="origin" defaultValue={query.origin}>
        <option value="">{t("all")}</option>
        <option value="shipped">{t("shipped")}</option>
        <option value="own">{t("own")}</option>
      </SelectField>
      <button type="submit" className={buttonClass()}>
        {t("show")}
      </button>
    </form>
  );
}
