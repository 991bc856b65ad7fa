import { SCOPE_DIMENSIONS } from "#lib/budgets/budget.ts";

/** The fields of the forms about a budget that can be wrong; `scope` stands for each part of it. */
export const WRONG_FIELDS = [
  "name",
  "scope",
  "limit",
  "currency",
  "days",
  "anchor",
  "starts_at",
  "actual",
  "forecast",
  "rollover_cap",
  "pacing_limit",
  "quiet_from",
  "quiet_to",
  "parent_id",
  "owner",
  "until",
] as const;
export type WrongField = (typeof WRONG_FIELDS)[number];

/** A control's name, and which of the sentences on fields is told at it. */
export type FieldMistake = { readonly field: string; readonly says: WrongField };

/** By the first parts of the place that the API's input names. */
const FIELDS: Readonly<Record<string, WrongField>> = {
  "period.days": "days",
  "period.anchor": "anchor",
  rollover_cap: "rollover_cap",
  pacing: "pacing_limit",
  "quiet_hours.from": "quiet_from",
  "quiet_hours.to": "quiet_to",
  ends_at: "until",
};

/**
 * At which control of the form a mistake in the API's input is told; null where
 * the form has none for it.
 *
 * @param path As zod gives it.
 * @param actualCount How many thresholds came from the field of those on spend, before all others.
 */
export function fieldMistake(
  path: readonly PropertyKey[],
  actualCount: number,
): FieldMistake | null {
  const [first = "", second] = path.map(String);
  if (first === "scope" && SCOPE_DIMENSIONS.some((dimension) => dimension === second)) {
    return { field: `scope.${second}`, says: "scope" };
  }
  if (first === "thresholds") {
    const isForecast = second !== undefined && Number(second) >= actualCount;
    return alike(isForecast ? "forecast" : "actual");
  }
  const found = FIELDS[`${first}.${second}`] ?? FIELDS[first];
  if (found !== undefined) return alike(found);
  const named = WRONG_FIELDS.find((name) => name === first);
  return named === undefined ? null : alike(named);
}

/** The same for what the store refuses, which begins with the place: "scope.team: there is no …". */
export function refusedField(message: string): FieldMistake | null {
  const place = /^([a-z_.]+): /.exec(message)?.[1];
  return place === undefined ? null : fieldMistake(place.split("."), 0);
}

function alike(field: WrongField): FieldMistake {
  return { field, says: field };
}
