import { z } from "zod";
import { CurrencyBody, CurrencyInput, RateImportBody, RateImportParameters } from "./currency.ts";
import type { Operation } from "./openapi.ts";
import { ImportBody, ImportParameters } from "./price-import.ts";
import { NewPrices, PriceParameters, PricesBody, RecordedBody } from "./prices.ts";
import { TeamQuoteBody, TeamQuoteInput } from "./quote.ts";
import {
  AliasEndedBody,
  AliasesBody,
  AliasInput,
  AliasRecordedBody,
  EndAliasParameters,
  UnpricedBody,
} from "./unpriced.ts";

const json = (schema: z.ZodType) => ({ type: "application/json", schema });

/** Quotes, the price book, model names and currencies, as the API describes them. */
export const PRICE_OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: "/quote",
    summary: "The price of one call: by the list, or as a team pays",
    body: TeamQuoteInput,
    answer: json(TeamQuoteBody),
  },
  {
    method: "get",
    path: "/prices",
    summary: "The price book: every rate with its source, times and history",
    query: PriceParameters,
    answer: json(PricesBody),
  },
  {
    method: "post",
    path: "/prices",
    summary: "Record prices: published, agreed, free or estimated",
    body: NewPrices,
    answer: json(RecordedBody),
  },
  {
    method: "delete",
    path: "/prices/{id}",
    summary: "Stop believing an own price; what was charged by it stays",
    answer: json(z.strictObject({ id: z.string(), withdrawn: z.literal(true) })),
  },
  {
    method: "post",
    path: "/prices/import",
    summary: "Import a price file: ours (JSON, CSV), LiteLLM's or models.dev's",
    query: ImportParameters,
    answer: json(ImportBody),
  },
  {
    method: "get",
    path: "/prices/unpriced",
    summary: "Models without a price, with suggestions",
    answer: json(UnpricedBody),
  },
  {
    method: "post",
    path: "/model-aliases",
    summary: "Name the model behind a reported name",
    body: AliasInput,
    answer: json(AliasRecordedBody),
  },
  {
    method: "get",
    path: "/model-aliases",
    summary: "Names that stand for other models, with their history",
    answer: json(AliasesBody),
  },
  {
    method: "delete",
    path: "/model-aliases/{id}",
    summary: "End an alias at a moment, or take it back",
    query: EndAliasParameters,
    answer: json(AliasEndedBody),
  },
  {
    method: "get",
    path: "/currency",
    summary: "The reporting currency, and the currencies with exchange rates",
    answer: json(CurrencyBody),
  },
  {
    method: "put",
    path: "/currency",
    summary: "Choose the reporting currency",
    body: CurrencyInput,
    answer: json(CurrencyBody),
  },
  {
    method: "post",
    path: "/currency/rates",
    summary: "Import exchange rates: the ECB's CSV file, or date,currency,rate",
    query: RateImportParameters,
    answer: json(RateImportBody),
  },
];
