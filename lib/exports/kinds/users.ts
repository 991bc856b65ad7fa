import { z } from "zod";
import { requireAdmin } from "#lib/access/rights.ts";
import { listPeople, type Person } from "#lib/auth/manage-users.ts";
import { type Column, text } from "#lib/tables/column.ts";
import { listKind } from "../list-kind.ts";

const COLUMNS: readonly Column<Person>[] = [
  text("name", ({ name }) => name),
  text("email", ({ email }) => email),
  text("role", ({ role }) => role),
  text("teams", ({ teams }) => teams.join(" ")),
  text("active", ({ isActive }) => String(isActive)),
  text("from_directory", ({ isFromDirectory }) => String(isFromDirectory)),
  text("second_factor", ({ hasSecondFactor }) => String(hasSecondFactor)),
];

export const users = listKind({
  summary: "Who may sign in, as what, for which teams; for admins",
  name: "users",
  parameters: z.strictObject({}),
  columns: COLUMNS,
  rows: async ({ sql, viewer }) => {
    requireAdmin(viewer);
    return listPeople(sql);
  },
});
