import { canonicalProvider } from "#lib/pricing/providers.ts";
import { type FlatRow, plainName } from "./flat-rows.ts";
import type { InvoiceColumns, InvoiceSource } from "./invoice-line.ts";

/** Where a file of one source says what; the first column that a row fills is taken. */
export type InvoiceForm = {
  readonly amount: readonly string[];
  /** Power of ten that amounts are multiplied with: -2 for cents. */
  readonly shift?: number;
  readonly day: readonly string[];
  /** Every row of the source has a day: one without is of a file of another. */
  readonly isDated: boolean;
  readonly currency: readonly string[];
  readonly model: readonly string[];
  /** Words that may name a model and a class of tokens. */
  readonly item: readonly string[];
  /** The model may be in any of the item's columns: all that are filled are taken together. */
  readonly joinsItem?: boolean;
  readonly tokenClass: readonly string[];
  readonly kind: readonly string[];
  readonly quantity: readonly string[];
  /** Of the quantity; without "token" in it the quantity is of something else. */
  readonly unit: readonly string[];
  /** Null: the row is of another service, and passed over. */
  readonly providerOf: (row: FlatRow) => string | null;
};

const NONE = {
  isDated: true,
  ...{ currency: ["currency"], model: [], item: [], tokenClass: [] },
  ...{ kind: [], quantity: [], unit: [] },
} as const;

const FORMS: Readonly<Record<Exclude<InvoiceSource, "csv">, InvoiceForm>> = {
  openai: {
    ...NONE,
    amount: ["amountvalue", "amount", "cost"],
    day: ["starttimeiso", "starttime", "date", "usagedate"],
    currency: ["amountcurrency", "currency"],
    model: ["model"],
    item: ["lineitem", "name"],
    providerOf: () => "openai",
  },
  anthropic: {
    ...NONE,
    amount: ["amount"],
    shift: -2,
    day: ["startingat"],
    model: ["model"],
    item: ["tokentype", "costtype", "description"],
    kind: ["costtype"],
    tokenClass: ["tokentype"],
    providerOf: () => "anthropic",
  },
  google: {
    ...NONE,
    amount: ["cost"],
    day: ["usagestarttime"],
    item: ["skudescription"],
    kind: ["costtype"],
    quantity: ["usageamount"],
    unit: ["usageunit"],
    providerOf: (row) => named(row, ["servicedescription"], [...GOOGLE, ...VERTEX_PARTNERS]),
  },
  aws: {
    ...NONE,
    amount: ["lineitemnetunblendedcost", "lineitemunblendedcost"],
    day: ["lineitemusagestartdate"],
    currency: ["lineitemcurrencycode"],
    item: ["lineitemusagetype", "productproductname", "productname", "lineitemlineitemdescription"],
    joinsItem: true,
    kind: ["lineitemlineitemtype"],
    quantity: ["lineitemusageamount"],
    unit: ["pricingunit"],
    providerOf: (row) => named(row, AWS_SERVICE, [[/bedrock/i, "aws.bedrock"]]),
  },
  azure: {
    ...NONE,
    amount: ["costinusd", "pretaxcostusd", "costinbillingcurrency", "cost", "pretaxcost"],
    day: ["date", "usagedate", "usagedatetime"],
    currency: ["billingcurrency", "billingcurrencycode", "currency"],
    item: ["metername", "productname", "product"],
    kind: ["chargetype"],
    quantity: ["quantity", "usagequantity"],
    unit: ["unitofmeasure"],
    providerOf: (row) => named(row, AZURE_SERVICE, AZURE),
  },
  focus: {
    ...NONE,
    amount: ["billedcost"],
    day: ["chargeperiodstart"],
    currency: ["billingcurrency"],
    model: ["xmodel"],
    item: ["skumeter", "xusagetype", "chargedescription"],
    joinsItem: true,
    tokenClass: ["xtokentype", "skumeter"],
    kind: ["chargecategory"],
    quantity: ["consumedquantity"],
    unit: ["consumedunit"],
    providerOf: focusProvider,
  },
};

/** How files of a source are read; of other CSV files by the columns that were given. */
export function invoiceForm(
  source: InvoiceSource,
  columns: InvoiceColumns | null,
  provider: string | null,
): InvoiceForm {
  if (source !== "csv" || columns === null) return FORMS[source === "csv" ? "focus" : source];
  const named = (name: string | undefined) => (name === undefined ? [] : [plainName(name)]);
  const column = named(columns.provider);
  return {
    amount: named(columns.amount),
    day: named(columns.day),
    isDated: false,
    currency: named(columns.currency),
    model: named(columns.model),
    item: named(columns.model),
    tokenClass: named(columns.token_class),
    kind: named(columns.kind),
    quantity: named(columns.tokens),
    unit: [],
    providerOf: (row) => {
      const said = firstOf(row, column);
      return said === null ? provider : canonicalProvider(said);
    },
  };
}

/** The words that may name a model and a class of tokens. */
export function itemOf(row: FlatRow, { item, joinsItem = false }: InvoiceForm): string | null {
  if (!joinsItem) return firstOf(row, item);
  const words = item.flatMap((name) => row.get(name) ?? []);
  return words.length === 0 ? null : [...new Set(words)].join(" ");
}

/** What the first of these columns that is filled says. */
export function firstOf(row: FlatRow, names: readonly string[]): string | null {
  for (const name of names) {
    const text = row.get(name);
    if (text !== undefined) return text;
  }
  return null;
}

type Patterns = readonly (readonly [RegExp, string])[];

const GOOGLE: Patterns = [
  [/vertex/i, "gcp.vertex_ai"],
  [/gemini|generative language/i, "gcp.gemini"],
];
/** Models of others that Vertex AI sells are services of their own there. */
const VERTEX_PARTNERS: Patterns = [[/claude|mistral|llama/i, "gcp.vertex_ai"]];
const AZURE: Patterns = [
  [/openai|\bgpt/i, "azure.ai.openai"],
  [/foundry|cognitive|azure ai/i, "azure.ai.inference"],
];
const AWS_SERVICE = [
  ...["lineitemproductcode", "productservicecode", "productproductname", "productname"],
  ...["lineitemusagetype", "lineitemlineitemdescription"],
];
const AZURE_SERVICE = ["metercategory", "metersubcategory", "metername", "productname"];
const FOCUS_SERVICE = ["servicename", "serviceprovidername", "providername", "publishername"];
const SELLERS: Patterns = [
  [/bedrock/i, "aws.bedrock"],
  ...GOOGLE,
  [/azure.*openai|openai.*azure/i, "azure.ai.openai"],
  [/foundry|cognitive services/i, "azure.ai.inference"],
  [/anthropic|claude/i, "anthropic"],
  [/openai/i, "openai"],
];

function named(row: FlatRow, columns: readonly string[], patterns: Patterns): string | null {
  const words = columns.map((name) => row.get(name) ?? "").join(" ");
  return patterns.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** A seller that nobody listed counts where the row says that it is about models. */
function focusProvider(row: FlatRow): string | null {
  const known = named(row, FOCUS_SERVICE, SELLERS);
  if (known !== null) return known;
  const isModels = /^ai and machine learning$/i.test(row.get("servicecategory") ?? "");
  const seller = firstOf(row, ["serviceprovidername", "providername"]);
  return isModels && seller !== null ? canonicalProvider(seller) : null;
}
