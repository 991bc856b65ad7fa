import { isDay, startOfDay } from "#lib/organization/organization-day.ts";

/** The parts of an assignment, in the order of the form. */
export const ASSIGNED = ["team", "project", "environment", "workflow", "cost_center"] as const;

/**
 * The rule that a form says, still unproven. Conditions come as three lists of
 * equal length; a line without an attribute is one that nobody filled in.
 * Dates are the zone's.
 */
export function readRuleForm(form: FormData, timeZone: string): unknown {
  const texts = (name: string) => form.getAll(name).map(String);
  const [operators, values] = [texts("operator"), texts("value")];
  const conditions = texts("attribute").flatMap((attribute, index) =>
    attribute.trim() === ""
      ? []
      : [{ attribute, operator: operators[index], value: values[index] ?? "" }],
  );
  const assign = Object.fromEntries(
    ASSIGNED.map((name) => [name, String(form.get(`assign.${name}`) ?? "").trim()] as const).filter(
      ([, value]) => value !== "",
    ),
  );
  const ofTeam = String(form.get("ofTeam") ?? "") || null;
  return {
    ...{ name: String(form.get("name") ?? ""), conditions, assign, ofTeam },
    ...startOf(form, timeZone),
    effectiveTo: dayOf(form.get("effectiveTo"), timeZone),
  };
}

/** Left out: from now on. An unreadable date stays one, to be refused. */
function startOf(form: FormData, timeZone: string) {
  switch (form.get("holds")) {
    case "always":
      return { effectiveFrom: null };
    case "date":
      return { effectiveFrom: dayOf(form.get("effectiveFrom"), timeZone) ?? new Date(Number.NaN) };
    default:
      return {};
  }
}

/** The start of a day of the zone; null where none is given. */
function dayOf(value: FormDataEntryValue | null, timeZone: string): Date | null {
  if (typeof value !== "string" || value === "") return null;
  return isDay(value) ? new Date(startOfDay(value, timeZone)) : new Date(Number.NaN);
}
