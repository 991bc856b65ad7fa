"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import type { FormState } from "#app/_server/form-state.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireRole } from "#app/_server/viewer.ts";
import { CURRENCY_CODE, LEDGER_CURRENCY } from "#lib/currency/exchange-rates.ts";
import { chooseReportingCurrency } from "#lib/currency/reporting-currency.ts";
import { AppError } from "#lib/errors.ts";

/** Chooses the currency that figures are shown in besides US dollars. */
export async function chooseCurrencyAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireRole("admin");
  const t = await getTranslations("Currency");
  const currency = String(form.get("currency") ?? "");
  if (viewer.teams !== "all" || !CURRENCY_CODE.test(currency)) return { message: t("notAllowed") };
  try {
    await chooseReportingCurrency(context().sql, currency, viewer);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { message: await refusalWords(error) };
  }
  revalidatePath("/", "layout");
  return { done: currency === LEDGER_CURRENCY ? t("chosenDollar") : t("chosen", { currency }) };
}
