import { firstOf, type SearchParams } from "#app/_server/page-props.ts";
import { QuoteInput } from "#lib/pricing/quote.ts";
import { issueReasons } from "#lib/refusals/issue-reasons.ts";
import type { Reason } from "#lib/refusals/reason.ts";

/** The units that the form has a field for. */
export const CALCULATOR_UNITS = [
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
  "web_search",
] as const;
export type CalculatorUnit = (typeof CALCULATOR_UNITS)[number];

const MOST_MODELS = 3;

/** The form as it was sent, by its own words. */
export type CalculatorQuery = {
  /** `provider/model`, at most three. */
  readonly models: readonly string[];
  readonly usage: { readonly [U in CalculatorUnit]: string };
  readonly tier: string;
  readonly region: string;
  readonly speed: string;
  /** "2026-11-22T08:00", UTC; "" for now. */
  readonly at: string;
  readonly team: string;
};

export type Question =
  | { readonly name: string; readonly input: QuoteInput }
  | { readonly name: string; readonly reasons: readonly Reason[] };

export function readCalculatorQuery(params: SearchParams): CalculatorQuery {
  const text = (name: string) => (firstOf(params[name]) ?? "").trim().slice(0, 400);
  const named = params.model === undefined ? [] : [params.model].flat();
  const models = named.map((name) => name.trim().slice(0, 400)).filter((name) => name !== "");
  return {
    models: [...new Set(models)].slice(0, MOST_MODELS),
    usage: Object.fromEntries(
      CALCULATOR_UNITS.map((unit) => [unit, text(unit)]),
    ) as CalculatorQuery["usage"],
    tier: text("tier"),
    region: text("region"),
    speed: text("speed"),
    at: text("at"),
    team: text("team"),
  };
}

/** What is asked of each model: the same call, as `POST /quote` takes it. */
export function questionsOf(query: CalculatorQuery, now: Date): Question[] {
  return query.models.map((name) => {
    const slash = name.indexOf("/");
    const parsed = QuoteInput.safeParse({
      provider: slash < 1 ? "" : name.slice(0, slash),
      model: name.slice(slash + 1),
      usage: Object.fromEntries(
        CALCULATOR_UNITS.flatMap((unit) => {
          const quantity = query.usage[unit].replaceAll(/[\s,_]/g, "");
          return quantity === "" ? [] : [[unit, Number(quantity)]];
        }),
      ),
      ...(query.tier === "" ? {} : { service_tier: query.tier }),
      ...(query.region === "" ? {} : { region: query.region }),
      ...(query.speed === "" ? {} : { speed: query.speed }),
      at: query.at === "" ? now.toISOString() : `${query.at.slice(0, 16)}:00Z`,
    });
    if (parsed.success) return { name, input: parsed.data };
    return { name, reasons: issueReasons(parsed.error.issues) };
  });
}
