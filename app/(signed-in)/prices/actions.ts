"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import { mistakeWords, refusalWords } from "#app/_server/refusal-words.ts";
import { AppError } from "#lib/errors.ts";
import { newRates } from "#lib/price-book/new-rates.ts";
import { RateInput } from "#lib/price-book/rate-input.ts";
import { recordModelAlias, recordPrices, withdrawPrice } from "#lib/price-book/record-prices.ts";
import { issueReasons } from "#lib/refusals/issue-reasons.ts";
import { priceInputs } from "./price-form-input.ts";
import { requirePriceEditor } from "./require-price-editor.ts";

/** What a form has done, in words for whoever sent it. */
export type FormState = { readonly done?: string; readonly mistakes?: readonly string[] };

/** Records the prices of one model, and gives calls that wait for one theirs. */
export async function recordPriceAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requirePriceEditor();
  const t = await getTranslations("Prices");
  const inputs = priceInputs(form);
  if (inputs.length === 0) return { mistakes: [t("noPrice")] };
  const parsed = inputs.map((input) => RateInput.safeParse(input));
  const mistakes = issueReasons(parsed.flatMap(({ error }) => error?.issues ?? []));
  if (mistakes.length > 0) return { mistakes: await mistakeWords(mistakes) };
  const today = new Date().toISOString().slice(0, 10);
  const rates = parsed.flatMap(({ data }) =>
    data === undefined ? [] : newRates(data, { sourceName: viewer.label, today }),
  );
  return attempt(async () => {
    const { ids, backfill } = await recordPrices(context().sql, rates, viewer);
    return t("recorded", { count: ids.length, calls: backfill.filed });
  });
}

/** Says which known model a reported name stands for. */
export async function recordAliasAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requirePriceEditor();
  const t = await getTranslations("Prices");
  const field = (name: string) =>
    String(form.get(name) ?? "")
      .trim()
      .slice(0, 400);
  // The button of a suggestion is a field of the same name, after the one to write in.
  const target = String(form.getAll("target").findLast((value) => value !== "") ?? "").slice(
    0,
    400,
  );
  const slash = target.indexOf("/");
  const [provider, reported] = [field("provider"), field("reported")];
  if (slash < 1 || slash === target.length - 1 || provider === "" || reported === "") {
    return { mistakes: [t("noTarget")] };
  }
  const from = field("effective_from");
  const effectiveFrom = /^\d{4}-\d{2}-\d{2}$/.test(from) ? new Date(`${from}T00:00:00Z`) : null;
  const alias = {
    ...{ provider, reported, effectiveFrom, effectiveTo: null },
    ...{ targetProvider: target.slice(0, slash), targetModel: target.slice(slash + 1) },
  };
  return attempt(async () => {
    const { backfill } = await recordModelAlias(context().sql, alias, viewer);
    return t("aliased", { name: reported, target, calls: backfill.filed });
  });
}

/** Stops believing an own price. */
export async function withdrawPriceAction(id: string): Promise<void> {
  const viewer = await requirePriceEditor();
  if (/^[0-9a-f-]{36}$/.test(String(id))) await withdrawPrice(context().sql, id, viewer);
  revalidatePath("/prices", "layout");
}

async function attempt(work: () => Promise<string>): Promise<FormState> {
  try {
    const done = await work();
    revalidatePath("/", "layout");
    return { done };
  } catch (error) {
    if (error instanceof AppError) return { mistakes: [await refusalWords(error)] };
    throw error;
  }
}
