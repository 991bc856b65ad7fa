import { z } from "zod";
import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";

/** What a code stands for: an account for a line or a provider, a project for a team or a cost center, or the other side. */
export const GL_DIMENSIONS = ["line", "provider", "team", "cost_center", "offset"] as const;
export type GlDimension = (typeof GL_DIMENSIONS)[number];

export type GlCode = {
  readonly dimension: GlDimension;
  /** A line, a provider, a team's slug, a cost center; empty for the other side. */
  readonly value: string;
  readonly code: string;
};

const Code = z
  .strictObject({
    dimension: z.enum(GL_DIMENSIONS),
    value: z.string().trim().max(200),
    code: z.string().trim().min(1).max(60),
  })
  .refine(
    ({ dimension, value }) => (dimension === "offset") === (value === ""),
    "the other side has no value, all else has one",
  )
  .refine(
    ({ dimension, value }) => dimension !== "line" || LINE_KINDS.some((kind) => kind === value),
    `a line is one of ${LINE_KINDS.join(", ")}`,
  );

const MOST_CODES = 50_000;
/** What a list of so many codes takes as JSON, with names of the usual length. */
export const MOST_GL_CODES_BYTES = 16 * 1024 * 1024;

/** All codes: those that are not in it are taken away. */
export const GlCodesInput = z.strictObject({
  codes: z
    .array(Code)
    .max(MOST_CODES)
    .refine(
      (codes) => new Set(codes.map(keyOf)).size === codes.length,
      "has a value with two codes",
    ),
});

function keyOf({ dimension, value }: Pick<GlCode, "dimension" | "value">): string {
  return JSON.stringify([dimension, value]);
}

/** @throws {AppError} "forbidden" unless finance or admin. */
export async function listGlCodes(sql: SqlClient, viewer: Viewer): Promise<readonly GlCode[]> {
  requireFinance(viewer);
  return readGlCodes(sql);
}

export async function readGlCodes(sql: SqlClient | Tx): Promise<readonly GlCode[]> {
  return sql<GlCode[]>`select dimension, value, code from gl_code order by dimension, value`;
}

/**
 * Says which codes finance's books use, all at once.
 *
 * @throws {AppError} "forbidden" unless finance or admin.
 */
export async function saveGlCodes(
  sql: SqlClient,
  viewer: Viewer,
  codes: readonly GlCode[],
): Promise<void> {
  requireFinance(viewer);
  await sql.begin(async (tx) => {
    await tx`lock table gl_code in exclusive mode`;
    const before = await readGlCodes(tx);
    await tx`delete from gl_code`;
    await tx`
      insert into gl_code (dimension, value, code)
      select * from jsonb_to_recordset(${JSON.stringify(codes)}::text::jsonb)
        as r (dimension text, value text, code text)`;
    const [was, is] = [stateOf(before), stateOf(codes)];
    const changed = new Set([...was, ...is].filter((entry) => !(was.has(entry) && is.has(entry))));
    if (changed.size === 0) return;
    await recordAudit(tx, {
      actor: viewer,
      action: "gl_codes.changed",
      target: { kind: "gl_codes", id: "all" },
      before: [...was].filter((entry) => changed.has(entry)),
      after: [...is].filter((entry) => changed.has(entry)),
    });
  });
}

function stateOf(codes: readonly GlCode[]): ReadonlySet<string> {
  return new Set(codes.map(({ dimension, value, code }) => `${dimension} ${value}: ${code}`));
}
