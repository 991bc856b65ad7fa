import { asRow } from "#lib/imports/import-row.ts";
import { parseImport } from "#lib/imports/parse-import.ts";
import { reportRows } from "#lib/imports/report-buckets.ts";
import { civilDayAt } from "#lib/time/civil-day.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { type CountedUsage, countedLines, type PriceOf } from "./counted-usage.ts";
import type { InvoiceSource } from "./invoice-line.ts";
import { addLine, type LineSums } from "./line-sums.ts";
import type { InvoiceFile, InvoiceQuestion } from "./parse-invoice.ts";

/** From this size of prompt on Anthropic's reports tell of a long context. */
const LONG_CONTEXT = 200_001;

/** Whether a file of OpenAI's or Anthropic's is of their usage reports, which count and tell no amounts. */
export function isUsageExport(
  text: string,
  source: InvoiceSource,
): source is "openai" | "anthropic" {
  if ((source !== "openai" && source !== "anthropic") || !/^\ufeff?\s*[[{]/.test(text))
    return false;
  try {
    const [first] = reportRows(text);
    if (first === undefined) return false;
    const result = asRow(first.result, "a result");
    return result.amount === undefined && "output_tokens" in result;
  } catch {
    // Read as a cost report, which says what is wrong with it.
    return false;
  }
}

/**
 * Reads a usage report as an invoice of the month at the organisation's prices,
 * by provider, model, day and class of tokens. Pure.
 */
export function parseUsageExport(
  text: string,
  source: "openai" | "anthropic",
  month: InvoiceQuestion["month"],
  priceOf: PriceOf,
): InvoiceFile {
  const { events, errors } = parseImport(source, text);
  const sums: LineSums = new Map();
  let passedOver = 0;
  let unpricedTokens = 0n;
  for (const event of events) {
    const day = civilDayAt(event.startedAtMs, "UTC");
    const { tokens } = event;
    if (tokens === null || day < month.first || day >= month.end) {
      passedOver += 1;
      continue;
    }
    const counted = countedLines(countedUsage(event, tokens), day, priceOf);
    for (const line of counted.lines) addLine(sums, line);
    unpricedTokens += counted.unpricedTokens;
  }
  return { lines: [...sums.values()], passedOver, errors, counted: { unpricedTokens } };
}

function countedUsage(event: UsageEvent, tokens: CountedUsage["tokens"]): CountedUsage {
  const { provider, model, tier, speed, region, startedAtMs, units, attributes } = event;
  const isLong = /^200k-/i.test(String(attributes.context_window ?? ""));
  return {
    ...{ provider, model, tier, speed, region, startedAtMs, units, tokens },
    contextTokens: isLong ? LONG_CONTEXT : 0,
  };
}
