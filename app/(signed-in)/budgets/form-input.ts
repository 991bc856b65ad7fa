import { SCOPE_DIMENSIONS } from "#lib/budgets/budget.ts";
import { WEEK_PATTERNS } from "#lib/time/fiscal.ts";

/** What a budget's form says, as the API takes it; zod judges it. */
export function budgetInput(form: FormData) {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const orNull = (name: string) => (text(name) === "" ? null : text(name));
  const pacing = orNull("pacing_limit");
  const [from, to] = [orNull("quiet_from"), orNull("quiet_to")];
  return {
    name: text("name"),
    scope: Object.fromEntries(
      SCOPE_DIMENSIONS.flatMap((name) => {
        const value = text(`scope.${name}`);
        return value === "" ? [] : [[name, value]];
      }),
    ),
    period:
      text("period") === "days"
        ? { unit: "days", days: Number(text("days")), anchor: text("anchor") }
        : { unit: text("period") },
    calendar: calendarOf(text("calendar"), {
      year_start_month: Number(text("year_start_month") || "1"),
      week_start: Number(text("week_start") || "1"),
    }),
    limit: text("limit"),
    currency: text("currency"),
    cost_basis: text("cost_basis"),
    rollover: text("rollover"),
    rollover_cap: orNull("rollover_cap"),
    thresholds: [
      ...percentsOf(text("actual")).map((percent) => ({ kind: "actual", percent })),
      ...percentsOf(text("forecast")).map((percent) => ({ kind: "forecast", percent })),
    ],
    pacing: pacing === null ? null : { unit: text("pacing_unit"), limit: pacing },
    quiet_hours: from === null && to === null ? null : { from: from ?? "", to: to ?? "" },
    digest: form.get("digest") !== null,
    parent_id: orNull("parent_id"),
    owner: orNull("owner"),
    // Only a new budget's form has it.
    ...(form.has("starts_at") ? { starts_at: orNull("starts_at") } : {}),
  };
}

function calendarOf(
  kind: string,
  { year_start_month, week_start }: { year_start_month: number; week_start: number },
): unknown {
  if (!(WEEK_PATTERNS as readonly string[]).includes(kind)) {
    return { kind: "months", year_start_month };
  }
  return { kind: "weeks", pattern: kind, year_start_month, week_start };
}

/** "50, 80 %; 100" */
function percentsOf(text: string): number[] {
  return text
    .split(/[\s,;%、，]+/)
    .filter((part) => part !== "")
    .map(Number);
}
