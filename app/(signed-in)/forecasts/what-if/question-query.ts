import { firstOf, type SearchParams } from "#app/_server/page-props.ts";
import { WhatIfInput } from "#lib/forecasting/what-if.ts";

export const WHAT_IF_FIELDS = [
  "scope",
  "model",
  "to_model",
  "price",
  "cache",
  "batch",
  "before",
  "after",
] as const;
export type WhatIfFields = { readonly [F in (typeof WHAT_IF_FIELDS)[number]]: string };

/** The form as it was sent, and the question that it makes; null when a field is no number or name. */
export function readQuestion(params: SearchParams): {
  readonly fields: WhatIfFields;
  readonly question: WhatIfInput | null;
} {
  const fields = Object.fromEntries(
    WHAT_IF_FIELDS.map((name) => [name, (firstOf(params[name]) ?? "").trim().slice(0, 600)]),
  ) as WhatIfFields;
  const given = <T>(name: keyof WhatIfFields, read: (text: string) => T) =>
    fields[name] === "" ? undefined : read(fields[name]);
  const parsed = WhatIfInput.safeParse(
    withoutUndefined({
      scope: given("scope", String),
      model: given("model", String),
      to_model: given("to_model", String),
      price_percent: given("price", (text) => text.replace(/^\+/, "")),
      cache_rate: given("cache", shareOf),
      batch_share: given("batch", shareOf),
      people_before: given("before", Number),
      people_after: given("after", Number),
    }),
  );
  return { fields, question: parsed.success ? parsed.data : null };
}

/** The page that asks a question anew. */
export function questionHref(question: WhatIfInput): string {
  const percent = (share: string | undefined) =>
    share === undefined ? "" : String(Math.round(Number(share) * 1e6) / 1e4);
  const fields: WhatIfFields = {
    scope: question.scope ?? "",
    model: question.model ?? "",
    to_model: question.to_model ?? "",
    price: question.price_percent ?? "",
    cache: percent(question.cache_rate),
    batch: percent(question.batch_share),
    before: String(question.people_before ?? ""),
    after: String(question.people_after ?? ""),
  };
  const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ""));
  return `/forecasts/what-if?${query}`;
}

/** "45" % as "0.45"; anything else is handed on, to be refused. */
function shareOf(percent: string): string {
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(percent)) return percent;
  return String(Math.round(Number(percent) * 1e4) / 1e6);
}

function withoutUndefined(values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
