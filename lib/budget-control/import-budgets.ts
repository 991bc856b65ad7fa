import type { Viewer } from "#lib/access/viewer.ts";
import { SCOPE_DIMENSIONS } from "#lib/budgets/budget.ts";
import { type BudgetPatch, NewBudgetInput } from "#lib/budgets/budget-input.ts";
import { patched } from "#lib/budgets/change-budget.ts";
import { printBudget } from "#lib/budgets/print-budget.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { type CsvRecord, CsvSyntaxError, readCsv } from "#lib/imports/csv-reader.ts";
import { BUDGET_COLUMNS, type BudgetColumn } from "./budget-columns.ts";
import { insertBudget, isUuid, lockBudget, updateBudget } from "./store-budget.ts";

export type BudgetImport = {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** With any of them nothing is stored. */
  readonly mistakes: readonly { readonly line: number; readonly reason: string }[];
};

const MOST_ROWS = 5_000;
const MOST_MISTAKES = 200;

type Cells = Readonly<Partial<Record<BudgetColumn, string>>>;

/**
 * Reads a file of budgets, as `budgetsCsv` writes it: rows with the id of a
 * budget change it, all others are new. All of it is stored, or nothing.
 *
 * @throws {AppError} "invalid" when it is no such file at all.
 */
export async function importBudgets(
  sql: SqlClient,
  viewer: Viewer,
  text: string,
  { isRehearsal }: { readonly isRehearsal: boolean },
  now: Date,
): Promise<BudgetImport> {
  const { columns, records } = recordsOf(text);
  const counts = { created: 0, changed: 0, unchanged: 0 };
  const mistakes: { line: number; reason: string }[] = [];
  const rehearsed = new Error("rolled back");
  try {
    await sql.begin(async (tx) => {
      const ids = new Map<string, string>();
      for (const { line, fields } of records) {
        try {
          const cells = cellsOf(columns, fields);
          // A row that fails must not end the transaction for the rows after it.
          const outcome = await tx.savepoint((inner) => storeRow(inner, viewer, cells, ids, now));
          counts[outcome]++;
        } catch (error) {
          if (mistakes.length < MOST_MISTAKES) mistakes.push({ line, reason: reasonOf(error) });
        }
      }
      if (isRehearsal || mistakes.length > 0) throw rehearsed;
    });
  } catch (error) {
    if (error !== rehearsed) throw error;
  }
  return { ...counts, mistakes };
}

/** @param ids The new id of each budget of the file that was not known, by its id in the file. */
async function storeRow(
  tx: Tx,
  viewer: Viewer,
  cells: Cells,
  ids: Map<string, string>,
  now: Date,
): Promise<"created" | "changed" | "unchanged"> {
  const input = inputOf(cells);
  const parentId = input.parent_id === null ? null : (ids.get(input.parent_id) ?? input.parent_id);
  const id = cells.id ?? "";
  const [known] = isUuid(id)
    ? await tx`select from budget where id = ${id} and archived_at is null`
    : [];
  if (known === undefined) {
    const made = await insertBudget(tx, viewer, { ...input, parent_id: parentId }, now);
    if (id !== "") ids.set(id, made.id);
    return "created";
  }
  const { starts_at: _, ...rest } = { ...input, parent_id: parentId };
  // What was parsed once is not parsed again: amounts are numbers by now.
  const patch: BudgetPatch = rest;
  const before = await lockBudget(tx, viewer, id);
  const isSame =
    JSON.stringify(printBudget(before)) === JSON.stringify(printBudget(patched(before, patch)));
  if (isSame) return "unchanged";
  await updateBudget(tx, viewer, id, patch, now);
  return "changed";
}

function recordsOf(text: string): { columns: string[]; records: CsvRecord[] } {
  try {
    const [header, ...records] = readCsv(text);
    const columns = (header?.fields ?? []).map((name) => name.trim().toLowerCase());
    const unknown = columns.filter((name) => !(BUDGET_COLUMNS as readonly string[]).includes(name));
    if (!columns.includes("name") || !columns.includes("limit") || unknown.length > 0) {
      const detail = unknown.length > 0 ? `; unknown: ${unknown.join(", ").slice(0, 200)}` : "";
      throw invalid(`needs the columns name and limit${detail}`);
    }
    if (records.length > MOST_ROWS) throw invalid(`has more than ${MOST_ROWS} rows`);
    return { columns, records };
  } catch (error) {
    if (error instanceof CsvSyntaxError) throw invalid(`line ${error.line}: ${error.message}`);
    throw error;
  }
}

function cellsOf(columns: readonly string[], fields: readonly string[]): Cells {
  if (fields.length !== columns.length) {
    throw invalid(`${fields.length} fields where the header has ${columns.length}`);
  }
  const cells = columns.map((name, i) => [name, unguarded(fields[i] ?? "")]);
  return Object.fromEntries(cells.filter(([, value]) => value !== ""));
}

/** Spreadsheet files guard text that would run as a formula with an apostrophe. */
function unguarded(text: string): string {
  return text.replace(/^'(?=[\s\0]*[=+\-@＝＋－＠])/, "").trim();
}

function inputOf(cells: Cells): NewBudgetInput {
  const raw = {
    name: cells.name,
    scope: Object.fromEntries(
      SCOPE_DIMENSIONS.flatMap((name) => (cells[name] === undefined ? [] : [[name, cells[name]]])),
    ),
    period:
      cells.period === "days"
        ? { unit: "days", days: Number(cells.days), anchor: cells.anchor }
        : (cells.period ?? "month"),
    calendar: calendarOf(cells.calendar),
    limit: cells.limit,
    currency: cells.currency,
    cost_basis: cells.cost_basis,
    rollover: cells.rollover,
    rollover_cap: cells.rollover_cap ?? null,
    thresholds: thresholdsOf(cells.thresholds),
    pacing: pacingOf(cells.pacing),
    quiet_hours: quietHoursOf(cells.quiet_hours),
    digest: cells.digest === undefined ? undefined : cells.digest === "true",
    parent_id: cells.parent_id ?? null,
    owner: cells.owner ?? null,
    starts_at: cells.starts_at ?? null,
  };
  const known = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
  const parsed = NewBudgetInput.safeParse(known);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw invalid(issues.join("; "));
}

function calendarOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const months = /^months from (\d+)$/.exec(text)?.[1];
  if (months !== undefined) return { kind: "months", year_start_month: Number(months) };
  const [, pattern, month, weekStart] = /^(\d-\d-\d) from (\d+), weeks from (\d)$/.exec(text) ?? [];
  if (pattern === undefined) throw invalid('calendar: must be such as "months from 4"');
  const [year_start_month, week_start] = [Number(month), Number(weekStart)];
  return { kind: "weeks", pattern, year_start_month, week_start };
}

function thresholdsOf(text: string | undefined): unknown {
  if (text === undefined) return [];
  return text.split(";").map((part) => {
    const [, kind = "actual", percent] =
      /^\s*(?:(actual|forecast)\s+)?(\d+(?:\.\d+)?)\s*%?\s*$/.exec(part) ?? [];
    if (percent === undefined) {
      throw invalid('thresholds: must be such as "actual 80; forecast 100"');
    }
    return { kind, percent: Number(percent) };
  });
}

function pacingOf(text: string | undefined): unknown {
  if (text === undefined) return null;
  const [unit, limit] = text.split(/\s+/);
  return { unit, limit };
}

function quietHoursOf(text: string | undefined): unknown {
  if (text === undefined) return null;
  const [from, to] = text.split(/\s+to\s+/);
  return { from, to };
}

function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  throw error;
}

function invalid(message: string): AppError {
  return new AppError(message, { code: "invalid" });
}
