import { z } from "zod";
import { type ModelAlias, readAliases } from "#lib/price-book/model-alias.ts";
import { type Column, text, time } from "#lib/tables/column.ts";
import { listKind } from "../list-kind.ts";

const COLUMNS: readonly Column<ModelAlias>[] = [
  text("provider", ({ provider }) => provider),
  text("reported", ({ reported }) => reported),
  text("target_provider", ({ targetProvider }) => targetProvider),
  text("target_model", ({ targetModel }) => targetModel),
  time("effective_from", ({ effectiveFrom }) => effectiveFrom),
  time("effective_to", ({ effectiveTo }) => effectiveTo),
  time("recorded_at", ({ recordedAt }) => recordedAt),
  text("recorded_by", ({ recordedBy }) => recordedBy),
  time("superseded_at", ({ supersededAt }) => supersededAt),
  text("superseded_by", ({ supersededBy }) => supersededBy),
];

export const modelAliases = listKind({
  summary: "Names that stand for other models, also those that did once",
  name: "model-aliases",
  parameters: z.strictObject({}),
  columns: COLUMNS,
  rows: ({ sql }) => readAliases(sql, "all"),
});
