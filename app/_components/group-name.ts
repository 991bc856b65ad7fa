import type { useTranslations } from "next-intl";
import type { Dimension } from "#lib/reports/usage-query.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

type Words = ReturnType<typeof useTranslations<"Groups">>;

/** What a group of figures is called: by its own name, or by the reader's word for none. */
export function groupName(dimension: Dimension, value: string | null, t: Words): string {
  if (value === null) return t("unknownOf", { dimension });
  return dimension === "team" && value === UNALLOCATED ? t("unallocated") : value;
}
