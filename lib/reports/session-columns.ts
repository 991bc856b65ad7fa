import { CURRENCY } from "#lib/money/money.ts";
import { type Column, text, time } from "#lib/tables/column.ts";
import { measureColumns } from "./measure-columns.ts";
import type { SessionSummary } from "./sessions.ts";

/** Sessions as a file; names of several teams or people stand beside each other. */
export const SESSION_COLUMNS: readonly Column<SessionSummary>[] = [
  text("session", ({ session }) => session),
  text("teams", ({ teams }) => teams.join(" ")),
  text("users", ({ users }) => users.join(" ")),
  time("first_at", ({ firstAt }) => firstAt),
  time("last_at", ({ lastAt }) => lastAt),
  ...measureColumns<SessionSummary>(() => CURRENCY),
];
