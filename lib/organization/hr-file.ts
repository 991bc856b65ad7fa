import { CsvSyntaxError, readCsv } from "#lib/imports/csv-reader.ts";
import { type Column, text } from "#lib/tables/column.ts";
import { addDays, isDay } from "./organization-day.ts";
import type { Member } from "./people.ts";

/** One line of an HR export: where a person works from the first to the last day. */
export type HrRow = {
  readonly line: number;
  readonly email: string;
  /** Undefined where the file has no such column: what is known stays. */
  readonly name: string | undefined;
  readonly aliases: readonly string[] | undefined;
  /** A slug or a name. */
  readonly team: string;
  readonly costCenter: string | null;
  readonly from: string;
  /** The first day after; null while it goes on. */
  readonly to: string | null;
};

/** What is wrong with a line, in words for whoever wrote it. */
export type HrMistake = { readonly line: number; readonly detail: string };

export type HrFile = { readonly rows: readonly HrRow[]; readonly mistakes: readonly HrMistake[] };

const COLUMNS = ["email", "name", "aliases", "team", "cost_center", "start", "end"] as const;
type HrColumn = (typeof COLUMNS)[number];

/** Spellings of the columns, without blanks, dashes and underscores. */
const SPELLINGS: Readonly<Record<string, HrColumn>> = {
  email: "email",
  emailaddress: "email",
  mail: "email",
  name: "name",
  aliases: "aliases",
  userids: "aliases",
  team: "team",
  department: "team",
  costcenter: "cost_center",
  costcentre: "cost_center",
  start: "start",
  startdate: "start",
  end: "end",
  enddate: "end",
};
const REQUIRED: readonly HrColumn[] = ["email", "team", "start"];
const EMAIL = /^[^\s@,;"]+@[^\s@,;"]+\.[^\s@,;"]+$/;
const MOST_ROWS = 200_000;

/**
 * Reads an HR export: CSV with the columns email, team and start, and if there
 * are such cost_center, end, name and aliases (user ids, apart by `;`), in any
 * order. `start` and `end` are dates, `end` the last day. Other columns are
 * passed over. Every mistake is told by its line; nothing is guessed.
 */
export function readHrFile(text: string): HrFile {
  try {
    const [head, ...records] = readCsv(text);
    const columns = (head?.fields ?? []).map(columnOf);
    const missing = REQUIRED.filter((column) => !columns.includes(column));
    if (missing.length > 0) return refused(1, `the columns ${missing.join(", ")} are missing`);
    const twice = COLUMNS.find((name) => columns.filter((column) => column === name).length > 1);
    if (twice !== undefined) return refused(1, `there are two columns ${twice}`);
    if (records.length > MOST_ROWS) return refused(1, `there are more than ${MOST_ROWS} lines`);
    const read = records.map(({ line, fields }) => {
      if (fields.length !== columns.length) {
        return { line, detail: `has ${fields.length} fields, the first line ${columns.length}` };
      }
      return readRow(line, (column) => fields[columns.indexOf(column)]?.trim());
    });
    const rows = read.filter((row) => "email" in row);
    const mistakes = read.filter((row) => "detail" in row);
    return { rows, mistakes: [...mistakes, ...overlapping(rows)].sort((a, b) => a.line - b.line) };
  } catch (error) {
    if (error instanceof CsvSyntaxError) return refused(error.line, error.message);
    throw error;
  }
}

/** One person in one team for a time. */
export type HrLine = {
  readonly person: Member;
  readonly membership: Member["memberships"][number];
};

/** Whoever is in no team is left out. */
export function hrLines(people: readonly Member[]): readonly HrLine[] {
  return people.flatMap((person) =>
    person.memberships.map((membership) => ({ person, membership })),
  );
}

/** The columns that `readHrFile` reads. */
export const HR_COLUMNS: readonly Column<HrLine>[] = [
  text("email", ({ person }) => person.email),
  text("name", ({ person }) => person.name),
  text("aliases", ({ person }) => person.aliases.join(";")),
  text("team", ({ membership }) => membership.team),
  text("cost_center", ({ membership }) => membership.costCenter),
  text("start", ({ membership }) => membership.from),
  text("end", ({ membership: { to } }) => to && addDays(to, -1)),
];

function columnOf(title: string): HrColumn | null {
  return SPELLINGS[title.toLowerCase().replaceAll(/[\s_-]/g, "")] ?? null;
}

/** Undefined where the file has no such column. */
type Cell = (column: HrColumn) => string | undefined;

function readRow(line: number, cell: Cell): HrRow | HrMistake {
  const email = (cell("email") ?? "").toLowerCase();
  const [team = "", start = "", end = ""] = [cell("team"), cell("start"), cell("end")];
  const name = cell("name");
  const aliases = cell("aliases")?.toLowerCase();
  const costCenter = cell("cost_center") || null;
  const wrong =
    emailMistake(email) ??
    (team === "" ? "names no team" : undefined) ??
    dayMistake("start", start) ??
    (end === "" ? undefined : dayMistake("end", end)) ??
    (end !== "" && end < start ? "ends before it starts" : undefined) ??
    tooLong({ name, team, cost_center: costCenter ?? "", aliases });
  if (wrong !== undefined) return { line, detail: wrong };
  return {
    ...{ line, email, name, team, costCenter, from: start },
    aliases: aliases?.split(";").flatMap((alias) => alias.trim() || []),
    to: end === "" ? null : addDays(end, 1),
  };
}

function emailMistake(text: string): string | undefined {
  return EMAIL.test(text) && text.length <= 254 ? undefined : `"${shown(text)}" is no e-mail`;
}

function dayMistake(column: string, text: string): string | undefined {
  return isDay(text) ? undefined : `${column} "${shown(text)}" is no date such as 2026-11-22`;
}

function tooLong(texts: Readonly<Record<string, string | undefined>>): string | undefined {
  const most: Readonly<Record<string, number>> = { aliases: 5_000 };
  const found = Object.entries(texts).find(
    ([column, text = ""]) => text.length > (most[column] ?? 120) || text.includes("\0"),
  );
  return found === undefined ? undefined : `${found[0]} is longer than it can be`;
}

/** Two lines of one person on one day. */
function overlapping(rows: readonly HrRow[]): HrMistake[] {
  return [...Map.groupBy(rows, ({ email }) => email).values()].flatMap((own) => {
    const sorted = own.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    return sorted.flatMap((row, index): HrMistake[] => {
      const before = sorted[index - 1];
      if (before === undefined || (before.to !== null && before.to <= row.from)) return [];
      const [first, second] = [before.line, row.line].sort((a, b) => a - b);
      return [{ line: second ?? row.line, detail: `overlaps line ${first} of the same person` }];
    });
  });
}

function refused(line: number, detail: string): HrFile {
  return { rows: [], mistakes: [{ line, detail }] };
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
