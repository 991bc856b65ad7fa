import { z } from "zod";
import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { FISCAL_PATTERNS } from "#lib/db/schema/organization.ts";
import { CALENDAR_YEAR, type FiscalCalendar } from "#lib/time/fiscal.ts";
import { isTimeZone } from "#lib/time/zone.ts";
import { type Change, changeOrganization } from "./change.ts";

export type OrganizationSettings = {
  readonly name: string;
  readonly timeZone: string;
  /** 1 to 12. */
  readonly fiscalYearStartMonth: number;
  readonly fiscalPattern: (typeof FISCAL_PATTERNS)[number];
  /** 1 (Monday) to 7. */
  readonly fiscalWeekStart: number;
};

/** A change of the zone that waits or is under way. */
export type ZoneChange = {
  readonly timeZone: string;
  readonly requestedAt: Date;
  readonly requestedBy: string;
  readonly startedAt: Date | null;
  readonly daysDone: number;
  readonly days: number;
};

/** What is left out stays. */
export const SettingsChange = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, "must be an IANA time zone such as Asia/Taipei")
    .optional(),
  fiscalYearStartMonth: z.int().min(1).max(12).optional(),
  fiscalPattern: z.enum(FISCAL_PATTERNS).optional(),
  fiscalWeekStart: z.int().min(1).max(7).optional(),
});
export type SettingsChange = z.output<typeof SettingsChange>;

/** For admins and finance. */
export async function readSettings(
  sql: SqlClient,
  viewer: Pick<Viewer, "role" | "teams">,
): Promise<OrganizationSettings & { readonly zoneChange: ZoneChange | null }> {
  requireFinance(viewer);
  const [settings] = await sql<OrganizationSettings[]>`
    select name, time_zone as "timeZone", fiscal_year_start_month as "fiscalYearStartMonth",
           fiscal_pattern as "fiscalPattern", fiscal_week_start as "fiscalWeekStart"
      from organization`;
  if (settings === undefined) throw new Error("there is no organisation");
  const [zoneChange] = await sql<ZoneChange[]>`
    select time_zone as "timeZone", requested_at as "requestedAt", requested_by as "requestedBy",
           started_at as "startedAt", days_done as "daysDone", days
      from zone_change where finished_at is null order by requested_at desc, id desc limit 1`;
  return { ...settings, zoneChange: zoneChange ?? null };
}

/** The year as the organisation cuts it; for budgets and statements, whoever looks at them. */
export async function readFiscalCalendar(sql: SqlClient | Tx): Promise<FiscalCalendar> {
  const [row] = await sql<FiscalSettings[]>`
    select fiscal_year_start_month as "fiscalYearStartMonth", fiscal_pattern as "fiscalPattern",
           fiscal_week_start as "fiscalWeekStart"
      from organization`;
  return row === undefined ? CALENDAR_YEAR : fiscalCalendarOf(row);
}

type FiscalSettings = Pick<
  OrganizationSettings,
  "fiscalYearStartMonth" | "fiscalPattern" | "fiscalWeekStart"
>;

export function fiscalCalendarOf(settings: FiscalSettings): FiscalCalendar {
  const { fiscalPattern: pattern, fiscalYearStartMonth: yearStartMonth } = settings;
  if (pattern === "months") return { kind: "months", yearStartMonth };
  return { kind: "weeks", pattern, yearStartMonth, weekStart: settings.fiscalWeekStart };
}

/**
 * Changes what the organisation is called and how its year is cut, at once, and
 * its time zone in the background: the rollups are built anew by its days first
 * (`changeZone`).
 *
 * @throws {AppError} "forbidden" unless admin.
 */
export async function changeSettings(
  sql: SqlClient,
  change: Change,
  { timeZone, ...wanted }: SettingsChange,
): Promise<void> {
  await changeOrganization(sql, change, async (tx) => {
    const [before] = await tx<OrganizationSettings[]>`
      select name, time_zone as "timeZone", fiscal_year_start_month as "fiscalYearStartMonth",
             fiscal_pattern as "fiscalPattern", fiscal_week_start as "fiscalWeekStart"
        from organization`;
    if (before === undefined) throw new Error("there is no organisation");
    const after = {
      name: wanted.name ?? before.name,
      fiscalYearStartMonth: wanted.fiscalYearStartMonth ?? before.fiscalYearStartMonth,
      fiscalPattern: wanted.fiscalPattern ?? before.fiscalPattern,
      fiscalWeekStart: wanted.fiscalWeekStart ?? before.fiscalWeekStart,
    };
    await tx`
      update organization
         set name = ${after.name}, fiscal_year_start_month = ${after.fiscalYearStartMonth},
             fiscal_pattern = ${after.fiscalPattern}, fiscal_week_start = ${after.fiscalWeekStart}`;
    const { by, now } = change;
    if (timeZone !== undefined) {
      await tx`update zone_change set finished_at = ${now} where finished_at is null`;
      if (timeZone !== before.timeZone) {
        await tx`
          insert into zone_change (time_zone, requested_at, requested_by)
          values (${timeZone}, ${now}, ${by.label})`;
      }
    }
    await recordAudit(tx, {
      actor: by,
      action: "organization.changed",
      target: { kind: "organization", id: "1" },
      before: { ...before },
      after: { ...after, timeZone: timeZone ?? before.timeZone },
    });
  });
}
