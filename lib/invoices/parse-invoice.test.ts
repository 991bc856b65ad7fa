import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { InvoiceSource } from "./invoice-line.ts";
import { octoberReader, shown } from "./testing/read-october.ts";

const parse = octoberReader();

const START = Date.parse("2026-10-05T00:00:00Z") / 1000;

describe("what each source says", () => {
  test("OpenAI's costs by line item; a bucket of another month is passed over", () => {
    const bucket = (start: number, value: unknown) => ({
      start_time: start,
      end_time: start + 86_400,
      results: [
        { amount: { value, currency: "usd" }, line_item: "gpt-5.5-2026-04-23, cached input" },
        { amount: { value, currency: "usd" }, line_item: "gpt-5.5-2026-04-23, output" },
      ],
    });
    const page = { object: "page", data: [bucket(START, 1.5), bucket(START + 40 * 86_400, 1)] };
    const file = parse("openai", JSON.stringify(page));
    assert.deepEqual(shown(file), [
      "usage | openai | gpt-5.5-2026-04-23, cached input | 2026-10-05 | cache_read | 1.5 | -",
      "usage | openai | gpt-5.5-2026-04-23, output | 2026-10-05 | output | 1.5 | -",
    ]);
    assert.equal(file.passedOver, 2);
  });

  test("Anthropic's cost report, in cents", () => {
    const result = (token_type: string | null, cost_type: string) => ({
      ...{ currency: "USD", amount: "123.45", model: "claude-opus-4-5", token_type, cost_type },
    });
    const results = [
      result("cache_creation.ephemeral_1h_input_tokens", "tokens"),
      result("uncached_input_tokens", "tokens"),
      { ...result(null, "web_search"), model: null },
    ];
    const page = { data: [{ starting_at: "2026-10-06T00:00:00Z", results }] };
    assert.deepEqual(shown(parse("anthropic", JSON.stringify(page))), [
      "usage | anthropic | claude-opus-4-5 | 2026-10-06 | cache_write_1h | 1.2345 | -",
      "usage | anthropic | claude-opus-4-5 | 2026-10-06 | input_uncached | 1.2345 | -",
      "usage | anthropic | web_search | 2026-10-06 | - | 1.2345 | -",
    ]);
  });

  test("Google's billing export with credits; other services are passed over", () => {
    const row = (service: string, cost: string) => ({
      service: { description: service },
      sku: { description: "Gemini 2.5 Flash text output token count" },
      usage_start_time: "2026-10-07 00:00:00 UTC",
      usage: { amount: 1000, unit: "count" },
      ...{ cost, currency: "USD", cost_type: "regular", credits: [{ name: "x", amount: -0.25 }] },
    });
    const lines = [row("Gemini API", "2.5"), row("Compute Engine", "99")];
    const file = parse("google", lines.map((line) => JSON.stringify(line)).join("\n"));
    assert.deepEqual(shown(file), [
      "usage | gcp.gemini | Gemini 2.5 Flash text output token count | 2026-10-07 | output | 2.5 | 1000",
      "credit | gcp.gemini | Gemini 2.5 Flash text output token count | 2026-10-07 | output | -0.25 | -",
    ]);
    assert.equal(file.passedOver, 1);
  });

  test("AWS's cost and usage report of both namings, with tax and tokens in thousands", () => {
    const csv = [
      "line_item_usage_start_date,line_item_product_code,line_item_line_item_type,line_item_usage_type,line_item_usage_amount,pricing_unit,line_item_unblended_cost,line_item_currency_code",
      "2026-10-08T03:00:00.000Z,AmazonBedrock,Usage,USE1-Claude4.5Sonnet-input-tokens,12.5,1K tokens,0.0375,USD",
      "2026-10-08T03:00:00.000Z,AmazonBedrock,Tax,,,,0.1,USD",
      "2026-10-08T03:00:00.000Z,AmazonEC2,Usage,BoxUsage,1,Hrs,9,USD",
    ].join("\r\n");
    const wanted = [
      "usage | aws.bedrock | USE1-Claude4.5Sonnet-input-tokens | 2026-10-08 | input_uncached | 0.0375 | 12500",
      "tax | aws.bedrock | - | 2026-10-08 | - | 0.1 | -",
    ];
    assert.deepEqual(shown(parse("aws", csv)), wanted);
    const sold = csv.replace(
      "USE1-Claude4.5Sonnet-input-tokens",
      "USE1-MP:USE1_InputTokenCount-Units",
    );
    const named = sold.replaceAll("AmazonBedrock", "4xyz");
    const withName = named
      .replace("line_item_currency_code", "line_item_currency_code,product_product_name")
      .replace("0.0375,USD", "0.0375,USD,Claude Sonnet 4.5 (Amazon Bedrock Edition)");
    assert.match(
      shown(parse("aws", withName.split("\r\n").slice(0, 2).join("\n")))[0] ?? "",
      /aws\.bedrock \| USE1-MP:\S+ Claude Sonnet 4\.5 .*input_uncached/,
    );
    const legacy = csv
      .replace(/line_item_(\w)/g, "lineItem/$1")
      .replace("pricing_unit", "pricing/unit");
    assert.deepEqual(shown(parse("aws", legacy)), wanted);
  });

  test("Azure's dates and dollars beside another currency", () => {
    const csv = [
      "Date,MeterCategory,MeterSubCategory,MeterName,Quantity,UnitOfMeasure,CostInBillingCurrency,BillingCurrency,CostInUsd,ChargeType",
      "10/09/2026,Cognitive Services,Azure OpenAI,gpt-4o Inp glbl Tokens,3,1K,0.01,EUR,0.012,Usage",
      "10/09/2026,Storage,,LRS,3,1 GB,5,EUR,6,Usage",
    ].join("\n");
    assert.deepEqual(shown(parse("azure", csv)), [
      "usage | azure.ai.openai | gpt-4o Inp glbl Tokens | 2026-10-09 | input_uncached | 0.012 | 3000",
    ]);
  });

  test("FOCUS rows of sellers, purchases and credits", () => {
    const csv = [
      "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ServiceCategory,ServiceName,ServiceProviderName,ChargeDescription,SkuMeter,ConsumedQuantity,ConsumedUnit",
      "1.25,USD,Usage,2026-10-10T00:00:00Z,AI and Machine Learning,Claude API,Anthropic,claude-opus-4-5 output tokens,Output Tokens,50,Tokens",
      "-3,USD,Credit,2026-10-10T00:00:00Z,AI and Machine Learning,Amazon Bedrock,AWS,Promotion,,,",
      "20,USD,Purchase,2026-10-01T00:00:00Z,AI and Machine Learning,vLLM,vllm,Seats,,,",
      "7,USD,Usage,2026-10-10T00:00:00Z,Compute,EC2,AWS,box,,1,Hours",
    ].join("\n");
    assert.deepEqual(shown(parse("focus", csv)), [
      "usage | anthropic | Output Tokens claude-opus-4-5 output tokens | 2026-10-10 | output | 1.25 | 50",
      "credit | aws.bedrock | Promotion | 2026-10-10 | - | -3 | -",
      "subscription | vllm | Seats | 2026-10-01 | - | 20 | -",
    ]);
  });

  test("a CSV file by the columns that were named, without days", () => {
    const csv =
      'What,Sum,Kind\r\n"gpt-5.5, output",10.00,\r\nVAT,2.00,tax\r\n"gpt-5.5, output",1.00,\r\n';
    const columns = { amount: "Sum", model: "What", kind: "Kind" };
    assert.deepEqual(shown(parse("csv", csv, columns, "openai")), [
      "usage | openai | gpt-5.5, output | - | output | 11 | -",
      "tax | openai | VAT | - | - | 2 | -",
    ]);
  });
});

const REFUSED: readonly (readonly [name: string, source: InvoiceSource, text: string])[] = [
  ["no JSON", "openai", '{"data": [}'],
  ["no amount", "openai", '{"data":[{"start_time":1760000000,"results":[{"line_item":"x"}]}]}'],
  ["rows of another source", "openai", '[{"amount":"1","starting_at":"2026-10-01"}]'],
  ["another currency", "anthropic", '[{"amount":"1","currency":"EUR","starting_at":"2026-10-01"}]'],
  ["an amount that is none", "anthropic", '[{"amount":"$1","starting_at":"2026-10-01"}]'],
  ["a date that is none", "anthropic", '[{"amount":"1","starting_at":"=1+1"}]'],
  ["a column twice", "aws", "a,a\n1,2\n"],
  ["a quote that stays open", "focus", 'BilledCost\n"1'],
  ["nothing at all", "focus", ""],
  ["results that are none", "openai", '{"data":[{"start_time":1}]}'],
];

for (const [name, source, text] of REFUSED) {
  test(`a file with ${name} is refused with its line`, () => {
    const { errors } = parse(source, text);
    assert.ok(errors.length > 0 && (errors[0]?.line ?? 0) >= 1, JSON.stringify(errors));
  });
}

const NAMED = { amount: "Sum", model: "What" };
const UNREADABLE: readonly (readonly [name: string, text: string, said: RegExp])[] = [
  ["semicolons", "What;Sum\nx;1", /"What;Sum"; fields have to be separated by commas/],
  ["another column", "What,Total\nx,1", /no column for the amount: its columns are "What, Total"/],
  ["UTF-16", [..."What,Sum\nx,1"].join("\0"), /not text in UTF-8/],
  ["Latin-1", "What,Sum\ncaf\ufffd,1", /not text in UTF-8/],
  [
    "too many lines",
    `What,Sum\n${Array.from({ length: 50_002 }, (_, n) => `m${n},1`).join("\n")}`,
    /more than 50000 different lines/,
  ],
];

for (const [name, text, said] of UNREADABLE) {
  test(`a file with ${name} is refused once, and says why`, () => {
    const { errors } = parse("csv", text, NAMED, "openai");
    assert.deepEqual([errors.length, errors[0]?.line], [1, 1]);
    assert.match(errors[0]?.message ?? "", said);
  });
}

test("amounts from 1e-18 to 1e12 are told to the last digit, and formulas stay words", () => {
  const csv = "What,Sum\n=1+1,0.000000000000000001\n雪,1e12\n-9,-0.000000000000000001";
  assert.deepEqual(shown(parse("csv", `\ufeff${csv}`, NAMED, "openai")), [
    "usage | openai | =1+1 | - | - | 0.000000000000000001 | -",
    "usage | openai | 雪 | - | - | 1000000000000 | -",
    "usage | openai | -9 | - | - | -0.000000000000000001 | -",
  ]);
});

test("whatever a file holds is an answer and no failure", () => {
  const json = fc.json({ maxDepth: 6 });
  const csv = fc.array(fc.array(fc.string({ maxLength: 12 }), { maxLength: 5 }), { maxLength: 6 });
  const text = fc.oneof(
    json,
    fc.string(),
    csv.map((rows) => rows.map((row) => row.join()).join("\n")),
  );
  fc.assert(
    fc.property(
      fc.constantFrom("openai", "anthropic", "google", "aws", "azure", "focus"),
      text,
      (source, told) => {
        const { lines, errors } = parse(source as InvoiceSource, told);
        assert.ok(lines.length + errors.length >= 0);
      },
    ),
  );
});
