import { z } from "zod";
import { ALL_TEAMS } from "#app/_costs/all-teams.ts";
import { ChargeInput, ModelInput, PoolInput } from "#lib/cost-book/cost-input.ts";
import type { CostDraft } from "#lib/cost-book/draft.ts";
import { newCharge, newModel, newPool } from "#lib/cost-book/from-input.ts";
import { newRates } from "#lib/price-book/new-rates.ts";
import { RateInput } from "#lib/price-book/rate-input.ts";
import { issueReasons } from "#lib/refusals/issue-reasons.ts";
import { because, type Reason } from "#lib/refusals/reason.ts";
import { parseDay, startOfDay } from "#lib/time/civil-day.ts";
import { priceInputs } from "../prices/price-form-input.ts";

export type ReadDraft =
  | { readonly draft: CostDraft; readonly mistakes?: undefined }
  | { readonly draft?: undefined; readonly mistakes: readonly Reason[] };

/** Who says it, on which day, and the zone of the organisation whose days are named. */
type Who = { readonly label: string; readonly today: string; readonly timeZone: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a form of a cost model says, validated as the API validates it. */
export function readDraft(form: FormData, who: Who): ReadDraft {
  const slug = field(form, "team");
  const team = slug === undefined || slug === ALL_TEAMS ? null : slug;
  const id = field(form, "id");
  const of = id !== undefined && UUID.test(id) ? id : null;
  switch (field(form, "draft")) {
    case "model":
      return draftOf(ModelInput.safeParse(modelInput(form, team)), (input) => ({
        kind: "model",
        model: newModel(input),
      }));
    case "charge":
      return draftOf(ChargeInput.safeParse(chargeInput(form, team)), (input) => ({
        kind: "charge",
        charge: newCharge(input),
        corrects: of,
      }));
    case "pool":
      return draftOf(PoolInput.safeParse(poolInput(form)), (input) => ({
        kind: "pool",
        pool: newPool(input),
        of,
      }));
    default:
      return contractDraft(form, team, who);
  }
}

type Parsed<Input> =
  | { readonly success: true; readonly data: Input }
  | { readonly success: false; readonly error: z.ZodError };

function draftOf<Input>(parsed: Parsed<Input>, draft: (input: Input) => CostDraft): ReadDraft {
  if (parsed.success) return { draft: draft(parsed.data) };
  return { mistakes: issueReasons(parsed.error.issues) };
}

function contractDraft(
  form: FormData,
  team: string | null,
  { label, today, timeZone }: Who,
): ReadDraft {
  const inputs = priceInputs(form).map((input) => ({
    ...{ ...input, kind: "contract", team },
    ...startsOfDays(input, timeZone),
  }));
  if (inputs.length === 0) return { mistakes: [because("one_price")] };
  const parsed = inputs.map((input) => RateInput.safeParse(input));
  const failed = parsed.find(({ success }) => !success);
  if (failed !== undefined && !failed.success) return draftOf(failed, () => NO_RATES);
  const rates = parsed.flatMap(({ data }) =>
    data === undefined ? [] : newRates(data, { sourceName: label, today }),
  );
  return { draft: { kind: "contract", rates } };
}

/** A contract holds from the first moment of a day of the organisation's, and until that of another. */
function startsOfDays(input: Readonly<Record<string, unknown>>, timeZone: string) {
  const at = (day: unknown) => {
    const isDay = z.iso.date().safeParse(day);
    return isDay.success
      ? new Date(startOfDay(parseDay(isDay.data), timeZone)).toISOString()
      : undefined;
  };
  return Object.fromEntries(
    ["effective_from", "effective_to"].flatMap((name) => {
      const start = at(input[name]);
      return start === undefined ? [] : [[name, start]];
    }),
  );
}

const NO_RATES: CostDraft = { kind: "contract", rates: [] };

function modelInput(form: FormData, team: string | null) {
  const funding = rows(form, "funding").flatMap((row) => {
    const source = field(form, `${row}.source`);
    if (source === undefined) return [];
    return [
      {
        provider: field(form, `${row}.provider`) ?? null,
        model: field(form, `${row}.model`) ?? null,
        source,
      },
    ];
  });
  const headcount = field(form, "headcount");
  return {
    team,
    funding,
    effective_from: field(form, "effective_from") ?? null,
    markup: field(form, "markup") ?? "0",
    headcount: headcount === undefined ? null : Number(headcount),
    note: field(form, "note") ?? "",
  };
}

function chargeInput(form: FormData, team: string | null) {
  const count = (name: string) => {
    const text = field(form, name);
    return text === undefined ? undefined : Number(text);
  };
  return {
    team,
    kind: field(form, "kind"),
    name: field(form, "name"),
    shared_cost: field(form, "shared_cost") ?? null,
    person: field(form, "person") ?? null,
    provider: field(form, "provider") ?? null,
    model: field(form, "model") ?? null,
    amount: field(form, "amount"),
    quantity: count("quantity"),
    recurrence: field(form, "recurrence"),
    starts_on: field(form, "starts_on"),
    ends_on: field(form, "ends_on") ?? null,
    daily_tokens: count("daily_tokens") ?? null,
    source: { name: field(form, "source_name") ?? "", url: field(form, "source_url") ?? "" },
  };
}

function poolInput(form: FormData) {
  const weights = [...form.entries()].flatMap(([name, value]) => {
    if (!name.startsWith("weight.") || typeof value !== "string" || value.trim() === "") return [];
    return [[name.slice("weight.".length), Number(value)] as const];
  });
  const teams = form.getAll("teams").map(String);
  return {
    name: field(form, "name"),
    method: field(form, "method"),
    source_team: field(form, "source_team") ?? null,
    teams: teams.length === 0 ? null : teams,
    weights: Object.fromEntries(weights),
    effective_from: field(form, "effective_from") ?? null,
    effective_to: field(form, "effective_to") ?? null,
  };
}

function rows(form: FormData, name: string): string[] {
  const found = [...form.keys()].flatMap((key) => /^(\w+\.\d{1,3})\./.exec(key)?.[1] ?? []);
  return [...new Set(found)].filter((row) => row.startsWith(`${name}.`));
}

function field(form: FormData, name: string): string | undefined {
  const text = String(form.get(name) ?? "")
    .trim()
    .slice(0, 2_000);
  return text === "" ? undefined : text;
}
