"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { ALL_TEAMS } from "#app/_costs/all-teams.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { mistakeWords, refusalWords } from "#app/_server/refusal-words.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import {
  recordCharge,
  recordPool,
  recordTeamModel,
  removeCharge,
  removePool,
  removeTeamModel,
} from "#lib/cost-book/change-cost-book.ts";
import { type CostDraft, draftDigest, namedBy } from "#lib/cost-book/draft.ts";
import { LINE_KINDS, type LineKind } from "#lib/cost-model/team-lines.ts";
import { AppError } from "#lib/errors.ts";
import { type Usd, ZERO_USD } from "#lib/money/money.ts";
import { recordPrices, withdrawPrice } from "#lib/price-book/record-prices.ts";
import { unknownNames } from "#lib/price-book/unknown-names.ts";
import { type CostByLine, type MonthPreview, previewCosts } from "#lib/reports/cost-preview.ts";
import { readDraft } from "./form-input.ts";

/** One line of a preview. */
export type PreviewRow = {
  readonly line: LineKind | "total" | "others";
  readonly months: readonly { readonly before: Usd; readonly after: Usd }[];
};

/** What a form of a cost model has come to. */
export type DraftState = {
  readonly mistakes?: readonly string[];
  readonly done?: string;
  /** What the draft would do; `digest` names the draft that it is about. */
  readonly preview?: {
    readonly digest: string;
    readonly rows: readonly PreviewRow[];
    /** Providers and models that it names and that nobody knows. */
    readonly unknown: readonly string[];
  };
};

/** Looks at a draft, or records the one that was looked at. */
export async function draftCostModelAction(_: DraftState, form: FormData): Promise<DraftState> {
  const viewer = await requireRole("admin", "finance");
  const [t, now] = await Promise.all([getTranslations("CostModels"), requestTime()]);
  const today = now.toISOString().slice(0, 10);
  const { timeZone } = await currentOrganization();
  const read = readDraft(form, { label: viewer.label, today, timeZone });
  if (read.draft === undefined) return { mistakes: await mistakeWords(read.mistakes) };
  const { draft } = read;
  const digest = draftDigest(draft);
  const team = teamOf(form);
  return attempt(async () => {
    if (form.get("intent") === "save" && form.get("digest") === digest) {
      await record(viewer, draft);
      revalidatePath("/", "layout");
      return { done: t("saved") };
    }
    const { sql } = context();
    const months = await previewCosts(sql, viewer, team, draft, now);
    const unknown = await unknownNames(sql, namedBy(draft));
    return { preview: { digest, rows: rowsOf(months), unknown } };
  });
}

/** Stops believing something of a cost model. What was charged by it moves by re-pricing. */
export async function withdrawCostModelAction(
  what: "model" | "charge" | "pool" | "contract",
  id: string,
): Promise<void> {
  const viewer = await requireRole("admin", "finance");
  requireFinance(viewer);
  if (!/^[0-9a-f-]{36}$/.test(String(id))) return;
  const { sql } = context();
  if (what === "model") await removeTeamModel(sql, viewer, id);
  else if (what === "charge") await removeCharge(sql, viewer, id);
  else if (what === "pool") await removePool(sql, viewer, id);
  else await withdrawPrice(sql, id, viewer);
  revalidatePath("/", "layout");
}

async function record(viewer: Viewer, draft: CostDraft): Promise<void> {
  const { sql } = context();
  requireFinance(viewer);
  if (draft.kind === "model") await recordTeamModel(sql, viewer, draft.model);
  else if (draft.kind === "charge") await recordCharge(sql, viewer, draft.charge, draft.corrects);
  else if (draft.kind === "pool") await recordPool(sql, viewer, draft.pool, draft.of);
  else await recordPrices(sql, draft.rates, viewer);
}

async function attempt(work: () => Promise<DraftState>): Promise<DraftState> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return { mistakes: [await refusalWords(error)] };
    throw error;
  }
}

function teamOf(form: FormData): string | null {
  const team = String(form.get("team") ?? ALL_TEAMS).slice(0, 120);
  return team === ALL_TEAMS ? null : team;
}

/** Usage that was paid for beforehand costs nothing itself. */
const LINES = LINE_KINDS.filter((kind) => kind !== "covered");

/** The effective cost by line, where either side has any, in total, and of other teams where that changes. */
function rowsOf(months: readonly MonthPreview[]): PreviewRow[] {
  const sides = (amountOf: (cost: CostByLine) => Usd) =>
    months.map(({ before, after }) => ({ before: amountOf(before), after: amountOf(after) }));
  const lines = LINES.filter((line) =>
    months.some(({ before, after }) => before.lines.has(line) || after.lines.has(line)),
  );
  const others = sides(({ others: { effective } }) => effective);
  return [
    ...lines.map((line) => ({
      line,
      months: sides(({ lines: found }) => found.get(line)?.effective ?? ZERO_USD),
    })),
    { line: "total" as const, months: sides(({ total }) => total.effective) },
    ...(others.some(({ before, after }) => before !== after)
      ? [{ line: "others" as const, months: others }]
      : []),
  ];
}
