import { z } from "zod";
import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { type Change, changeOrganization } from "./change.ts";

export type CostCenter = {
  readonly code: string;
  readonly name: string;
  /** E-mail. */
  readonly owner: string | null;
  /** Slugs of the teams that have it now. */
  readonly teams: readonly string[];
  /** How many people have one of their own. */
  readonly people: number;
};

export const CostCenterInput = z.strictObject({
  code: z.string().trim().min(1).max(120),
  name: z.string().trim().max(120).default(""),
  owner: z.email().max(254).toLowerCase().nullable().default(null),
});
export type CostCenterInput = z.output<typeof CostCenterInput>;

/** Every cost centre that a team or a person has, or that was named. For admins and finance. */
export async function listCostCenters(
  sql: SqlClient,
  viewer: Viewer,
  today: string,
): Promise<readonly CostCenter[]> {
  requireFinance(viewer);
  return sql<CostCenter[]>`
    select code, coalesce(c.name, '') as name, c.owner,
           array(select slug from team
                  where cost_center = code and archived_at is null order by slug) as teams,
           (select count(distinct person_id)::int from membership
             where cost_center = code and valid_from <= ${today}::date
               and (valid_to is null or valid_to > ${today}::date)) as people
      from (select cost_center as code from team where cost_center is not null
            union select cost_center from membership where cost_center is not null
            union select code from cost_center) codes
      left join cost_center c using (code)
     order by code`;
}

/**
 * Says what a cost centre is called and who answers for it.
 *
 * @throws {AppError} "forbidden" unless admin.
 */
export async function nameCostCenter(
  sql: SqlClient,
  change: Change,
  { code, name, owner }: CostCenterInput,
): Promise<void> {
  await changeOrganization(sql, change, async (tx) => {
    const [before] = await tx<{ name: string; owner: string | null }[]>`
      select name, owner from cost_center where code = ${code}`;
    await tx`
      insert into cost_center (code, name, owner) values (${code}, ${name}, ${owner})
          on conflict (code) do update set name = excluded.name, owner = excluded.owner`;
    await recordAudit(tx, {
      actor: change.by,
      action: "cost_center.changed",
      target: { kind: "cost_center", id: code },
      ...(before === undefined ? {} : { before: { ...before } }),
      after: { name, owner },
    });
  });
}
