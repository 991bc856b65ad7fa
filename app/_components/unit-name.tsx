import { useTranslations } from "next-intl";
import { UNIT_NAMES, type Unit } from "#lib/pricing/units.ts";

type Words = ReturnType<typeof useTranslations<"Units">>;

/** What is billed, in the reader's words; null is any unit. */
export function UnitName({ unit }: { readonly unit: string | null }) {
  return unitText(unit, useTranslations("Units"));
}

/** A unit that the price engine does not know keeps its own name. */
export function unitText(unit: string | null, t: Words): string {
  if (unit === null) return t("all");
  return isUnit(unit) ? t(unit) : unit;
}

function isUnit(unit: string): unit is Unit {
  return (UNIT_NAMES as readonly string[]).includes(unit);
}
