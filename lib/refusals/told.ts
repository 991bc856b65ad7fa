import { EN } from "./en.ts";
import { FIELDS } from "./fields.ts";
import { filledIn, type Reason } from "./reason.ts";
import { ZH_HANT } from "./zh-hant.ts";

/** A reason as a page tells it: in its language, its field by what forms call it. */
export function told({ code, values, field = "" }: Reason, locale: string): string {
  const isChinese = locale === "zh-Hant";
  const words = filledIn((isChinese ? ZH_HANT : EN)[code], values);
  if (field === "") return words;
  const name = fieldName(field, isChinese ? "zh-Hant" : "en");
  return isChinese ? `${name}：${words}` : `${name}: ${words}`;
}

/** Several reasons of one thing. */
export function toldAll(reasons: readonly Reason[], locale: string): string {
  const separator = locale === "zh-Hant" ? "；" : "; ";
  return reasons.map((reason) => told(reason, locale)).join(separator);
}

/** `source.url` by its last part that forms have, `funding.0.model` too. */
function fieldName(field: string, locale: "en" | "zh-Hant"): string {
  const known = field.split(".").findLast((part) => FIELDS[part] !== undefined);
  return FIELDS[known ?? ""]?.[locale] ?? field;
}
