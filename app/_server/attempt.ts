import { getTranslations } from "next-intl/server";
import { AppError } from "#lib/errors.ts";
import type { FormState } from "./form-state.ts";
import { refusalWords } from "./refusal-words.ts";

/** Runs a change that a form asked for; a refusal becomes the form's message, with the form's words kept. */
export async function attempt(
  values: Readonly<Record<string, string>>,
  work: () => Promise<FormState>,
): Promise<FormState> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const t = await getTranslations("Organization.errors");
    const message = await refusalWords(error);
    if (error.reason !== undefined) return { values, message };
    const { code } = error;
    switch (code) {
      case "conflict":
      case "not_found":
      case "closed_period":
        return { values, message: t(code, { detail: message }) };
      default:
        return { values, message };
    }
  }
}
