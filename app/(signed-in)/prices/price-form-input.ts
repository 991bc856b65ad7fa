/** The kinds of prices that the form records. */
export const PRICE_KINDS = ["list", "contract", "estimate", "free"] as const;
export type PriceKind = (typeof PRICE_KINDS)[number];

/** The units that the form has a field for; others come by file or API. */
export const FORM_UNITS = [
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
] as const;

/** What the form says, as inputs to validate: one for each price that was filled in. */
export function priceInputs(form: FormData): Record<string, unknown>[] {
  const field = (name: string) => {
    const text = String(form.get(name) ?? "")
      .trim()
      .slice(0, 2_000);
    return text === "" ? undefined : text;
  };
  const source = {
    url: field("source_url"),
    quote: field("source_quote"),
    name: field("source_name"),
  };
  const common = present({
    kind: field("kind"),
    team: field("team"),
    provider: field("provider"),
    model: field("model"),
    tier: field("tier"),
    speed: field("speed"),
    region: field("region"),
    context: contextOf(field),
    window: windowOf(form, field),
    effective_from: field("effective_from"),
    effective_to: field("effective_to"),
    source: present(source),
  });
  if (common.kind === "free") return [common];
  const discount = field("discount");
  const block = field("per");
  const per = block === undefined ? {} : { per: Number(block.replaceAll(/[\s,_]/g, "")) };
  const amounts = FORM_UNITS.flatMap((unit) => {
    const amount = field(`amount.${unit}`);
    return amount === undefined ? [] : [{ ...common, unit, amount, ...per }];
  });
  if (discount === undefined) return amounts;
  return [...amounts, { ...common, ...present({ unit: field("discount_unit") }), discount }];
}

type Field = (name: string) => string | undefined;

/** Prompt sizes, if the form names any. */
function contextOf(field: Field): Record<string, unknown> | undefined {
  const size = (name: string) => {
    const text = field(name);
    return text === undefined ? undefined : Number(text.replaceAll(/[\s,_]/g, ""));
  };
  const sizes = present({ over: size("context_over"), upTo: size("context_up_to") });
  return Object.keys(sizes).length === 0 ? undefined : sizes;
}

/** Hours and weekdays, if the form names any: days without hours are whole. */
function windowOf(form: FormData, field: Field): Record<string, unknown> | undefined {
  const [from, to] = [field("window_from"), field("window_to")];
  const weekdays = form.getAll("weekday").map(Number);
  if (from === undefined && to === undefined && weekdays.length === 0) return undefined;
  const hours = { from: from ?? "00:00", to: to ?? "24:00" };
  return { tz: field("window_tz") ?? "UTC", ...hours, ...(weekdays.length > 0 && { weekdays }) };
}

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
