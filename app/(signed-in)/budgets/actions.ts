"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireRole, requireViewer } from "#app/_server/viewer.ts";
import { importBudgets } from "#lib/budget-control/import-budgets.ts";
import { decideIncrease, requestIncrease } from "#lib/budget-control/increases.ts";
import { muteBudget, unmuteBudget } from "#lib/budget-control/mutes.ts";
import { archiveBudget, changeBudget, createBudget } from "#lib/budget-control/store-budget.ts";
import { parseAmount } from "#lib/budgets/amount.ts";
import { BudgetPatch, NewBudgetInput } from "#lib/budgets/budget-input.ts";
import { AppError } from "#lib/errors.ts";
import { startOfDate } from "#lib/time/calendar.ts";
import { type FieldMistake, fieldMistake, refusedField } from "./field-mistakes.ts";
import { budgetInput } from "./form-input.ts";

/** What a form has done, in words for whoever sent it. */
export type FormState = {
  readonly done?: string;
  readonly mistakes?: readonly string[];
  /** What is wrong with a field, by the name of its control. */
  readonly errors?: Readonly<Record<string, string>>;
};

/** Who may set budgets at all; of which teams is decided where they are stored. */
const SETTERS = ["admin", "finance", "manager"] as const;

/** Sets a budget, or changes the one whose id the form carries, and shows it. */
export async function saveBudgetAction(_: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireRole(...SETTERS);
  const id = textOf(form, "id");
  const input = budgetInput(form);
  const parsed = (id === "" ? NewBudgetInput : BudgetPatch).safeParse(input);
  if (!parsed.success) {
    const actual = input.thresholds.filter(({ kind }) => kind === "actual").length;
    return mistakesOf(
      parsed.error.issues.map(({ path, message }) => ({
        at: fieldMistake(path, actual),
        otherwise: `${path.join(".")} ${message}`,
      })),
    );
  }
  const { sql } = context();
  return attempt(async () => {
    const now = new Date();
    const saved =
      id === ""
        ? await createBudget(sql, viewer, parsed.data as NewBudgetInput, now)
        : await changeBudget(sql, viewer, id, parsed.data as BudgetPatch, now);
    redirect(`/budgets/${saved.id}`);
  });
}

/** Each mistake at its control, in the reader's language; those that have none, above the form. */
async function mistakesOf(
  found: readonly { readonly at: FieldMistake | null; readonly otherwise: string }[],
): Promise<FormState> {
  const t = await getTranslations("Budgets.wrong");
  const errors: Record<string, string> = {};
  const mistakes = new Set<string>();
  for (const { at, otherwise } of found) {
    if (at === null) mistakes.add(otherwise);
    else errors[at.field] = t(at.says);
  }
  return { errors, ...(mistakes.size > 0 && { mistakes: [...mistakes] }) };
}

export async function archiveBudgetAction(id: string): Promise<void> {
  const viewer = await requireRole(...SETTERS);
  await archiveBudget(context().sql, viewer, String(id), new Date());
  revalidatePath("/budgets", "layout");
  redirect("/budgets");
}

/** Asks for more until a day, or until the period ends. */
export async function askIncreaseAction(_: FormState, form: FormData): Promise<FormState> {
  const [viewer, t] = [await requireViewer(), await getTranslations("Budgets")];
  const [amount, reason] = [textOf(form, "amount"), textOf(form, "reason").slice(0, 1_000)];
  if (!/^\d{1,15}(\.\d{1,18})?$/.test(amount) || !/[1-9]/.test(amount)) {
    return { errors: { amount: t("badAmount") } };
  }
  if (reason === "") return { errors: { reason: t("noReason") } };
  const endsAt = await endOfDay(textOf(form, "until"));
  const wanted = { amount: parseAmount(amount), reason, startsAt: null, endsAt };
  return attempt(async () => {
    const id = textOf(form, "id");
    const { sql, config } = context();
    const { status } = await requestIncrease(sql, viewer, id, wanted, new Date(), config);
    return t(status === "approved" ? "increased" : "increaseRequested");
  });
}

const DECISIONS = ["approved", "refused", "withdrawn"] as const;

/** The button says what is decided. Who came second is told so. */
export async function decideIncreaseAction(_: FormState, form: FormData): Promise<FormState> {
  const [viewer, t] = [await requireViewer(), await getTranslations("Budgets")];
  const status = DECISIONS.find((name) => name === textOf(form, "status"));
  if (status === undefined) return {};
  const of = { budgetId: textOf(form, "budget"), id: textOf(form, "id") };
  const note = textOf(form, "note").slice(0, 1_000);
  return attempt(async () => {
    const decision = { status, note: note === "" ? null : note };
    const { sql, config } = context();
    await decideIncrease(sql, viewer, of, decision, new Date(), config);
    return t(`decisions.${status}`);
  });
}

export async function muteBudgetAction(_: FormState, form: FormData): Promise<FormState> {
  const [viewer, t] = [await requireRole(...SETTERS), await getTranslations("Budgets")];
  const reason = textOf(form, "reason").slice(0, 1_000);
  if (reason === "") return { errors: { reason: t("noReason") } };
  const endsAt = await endOfDay(textOf(form, "until"));
  if (endsAt === null) return { errors: { until: t("noEnd") } };
  return attempt(async () => {
    await muteBudget(context().sql, viewer, textOf(form, "id"), { reason, endsAt }, new Date());
    return t("mutedNow");
  });
}

export async function unmuteBudgetAction(id: string): Promise<void> {
  const viewer = await requireRole(...SETTERS);
  await unmuteBudget(context().sql, viewer, String(id), new Date());
  revalidatePath("/budgets", "layout");
}

/** Reads a file of budgets; the button says whether it is stored. */
export async function importBudgetsAction(_: FormState, form: FormData): Promise<FormState> {
  const [viewer, t] = [await requireRole(...SETTERS), await getTranslations("Budgets")];
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) return { mistakes: [t("noFile")] };
  if (file.size > 900_000) return { mistakes: [t("largeFile")] };
  const text = await file.text();
  const isRehearsal = form.get("rehearse") !== null;
  let mistakes: string[] = [];
  const state = await attempt(async () => {
    const found = await importBudgets(context().sql, viewer, text, { isRehearsal }, new Date());
    mistakes = found.mistakes.map(({ line, reason }) => t("line", { line, reason }));
    const { created, changed, unchanged } = found;
    return t(isRehearsal ? "wouldImport" : "imported", { created, changed, unchanged });
  });
  return mistakes.length > 0 ? { mistakes } : state;
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim().slice(0, 2_000) : "";
}

/** The last day counts whole; null for no date. */
async function endOfDay(date: string): Promise<Date | null> {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  if (day === undefined) return null;
  const { timeZone } = await currentOrganization();
  return new Date(startOfDate(Number(year), Number(month), Number(day) + 1, timeZone));
}

async function attempt(work: () => Promise<string>): Promise<FormState> {
  try {
    const done = await work();
    revalidatePath("/", "layout");
    return { done };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "conflict") {
      revalidatePath("/budgets", "layout");
      return { mistakes: [(await getTranslations("Budgets"))("decidedAlready")] };
    }
    return mistakesOf([{ at: refusedField(error.message), otherwise: error.message }]);
  }
}
