import type { SqlClient } from "#lib/db/client.ts";
import { readClosedLines } from "./closed-line-store.ts";
import { closingHash, closingTotals } from "./closing-hash.ts";
import { monthNamed } from "./month.ts";

/** A closed month whose kept lines do not have its hash or its totals. */
export type ClosingDrift = {
  readonly month: string;
  readonly hash: string;
  readonly recomputed: string;
};

/** Recomputes the hash and the totals of every month that was ever closed, from its kept lines. */
export async function verifyClosed(sql: SqlClient): Promise<{
  readonly months: number;
  readonly drifts: readonly ClosingDrift[];
}> {
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    const months = await tx<{ month: string; hash: string; totals: unknown }[]>`
      select to_char(month, 'YYYY-MM') as month, hash, totals from closed_month order by 1`;
    const drifts: ClosingDrift[] = [];
    for (const { month, hash, totals } of months) {
      const lines = await readClosedLines(tx, monthNamed(month));
      const recomputed = closingHash(month, lines);
      if (recomputed !== hash || !hasTotals(totals, { ...closingTotals(lines) })) {
        drifts.push({ month, hash, recomputed });
      }
    }
    return { months: months.length, drifts };
  });
}

function hasTotals(stored: unknown, wanted: Readonly<Record<string, unknown>>): boolean {
  if (typeof stored !== "object" || stored === null) return false;
  const kept = new Map<string, unknown>(Object.entries(stored));
  return Object.entries(wanted).every(([name, value]) => kept.get(name) === value);
}
