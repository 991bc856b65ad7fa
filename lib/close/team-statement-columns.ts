import { type Costs, hasCosts } from "#lib/cost-model/costs.ts";
import { type Column, count, text } from "#lib/tables/column.ts";
import { costColumns } from "#lib/tables/cost-columns.ts";
import type { Statement } from "./read-statement.ts";

/** One row of a statement. */
export type Told = {
  readonly line: string;
  readonly provider?: string | null;
  readonly model?: string | null;
  readonly tokenClass?: string | null;
  readonly about?: string | null;
  readonly note?: string;
  readonly reference?: string;
  readonly tokens?: bigint;
  readonly costs: Costs;
};

/** One statement as a file: usage by model and class of tokens, and what stands beside it. */
export function statementFileRows(statement: Statement): readonly Told[] {
  return [
    ...statement.usage.flatMap(({ kind, provider, model, classes }) =>
      classes.map(
        ({ name, tokens, costs }): Told => ({
          ...{ line: kind, provider, model, tokenClass: name, tokens, costs },
        }),
      ),
    ),
    ...statement.fixed.map(
      ({ kind, chargeName, poolName, costs }): Told => ({
        ...{ line: kind, about: chargeName ?? poolName, costs },
      }),
    ),
    ...adjustedRows(statement),
  ];
}

export function teamStatementColumns({ month, closing, of }: Statement): readonly Column<Told>[] {
  return [
    text("month", () => month.name),
    text("state", () => (closing === null ? "open" : "closed")),
    text(of.kind, () => of.value),
    text("line", ({ line }) => line),
    text("provider", ({ provider }) => provider),
    text("model", ({ model }) => model),
    text("token_class", ({ tokenClass }) => tokenClass),
    text("about", ({ about }) => about),
    text("note", ({ note }) => note),
    text("reference", ({ reference }) => reference),
    count("tokens", ({ tokens }) => tokens),
    ...costColumns<Told>(({ costs }) => costs),
  ];
}

/** The entries, and what is carried in a month that was opened again. */
function adjustedRows({ entries, carried }: Statement): Told[] {
  const told = entries.map(
    ({ reason, note, reference, subject }): Told => ({
      ...{ line: "adjustment", provider: subject.provider, model: subject.model, about: reason },
      ...{ note, reference, costs: subject.costs },
    }),
  );
  return hasCosts(carried) ? [...told, { line: "adjustment", costs: carried }] : told;
}
