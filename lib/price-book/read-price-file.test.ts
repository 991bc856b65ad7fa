import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { because } from "#lib/refusals/reason.ts";
import { planImport } from "./plan-import.ts";
import { refusal } from "./price-file-formats.ts";
import { readPriceFile } from "./read-price-file.ts";

const options = { effectiveFrom: null, today: "2026-11-22" };
const read = (text: string) => readPriceFile(text, null, options);
const brief = (text: string) =>
  read(text).rates.map(({ provider, model, unit, tier, context, price }) =>
    [provider, model, unit, tier, context && JSON.stringify(context), JSON.stringify(price)]
      .filter(Boolean)
      .join(" "),
  );

test("refuses a file that is none, and models without a price", () => {
  const reasons = (text: string) =>
    read(text).refused.map(({ where, reason }) => `${where}: ${reason}`);
  assert.deepEqual(reasons("garbage"), ["file: the file has no column provider, unit"]);
  assert.deepEqual(reasons("{"), ["file: is no JSON"]);
  assert.deepEqual(reasons('provider,unit,amount\nopenai,output,1\n"openai,output,1\n'), [
    "line 3: a quoted field is not closed",
  ]);
  assert.deepEqual(reasons('{"lab": {"models": {"x-1": {"cost": {}}}}}'), [
    "lab x-1: has no price, and that is not free",
  ]);
  assert.deepEqual(reasons('{"x-2": {"litellm_provider": "openai", "mode": "chat"}}'), [
    "x-2: has no price, and that is not free",
  ]);
});

test("refuses long names and very many prices, and tells names that a file says twice", () => {
  const models = (entries: readonly string[]) => `{"lab": {"models": {${entries.join(",")}}}}`;
  const model = (name: string, input: number) => `"${name}": {"cost": {"input": ${input}}}`;
  const long = read(models([model("x".repeat(201), 1), model("y".repeat(200), 1)]));
  assert.deepEqual(
    [long.rates.length, long.refused.map(({ reason }) => reason)],
    [1, ["has a name of more than 200 characters"]],
  );
  const many = Array.from({ length: 30_001 }, (_, i) => model(`m${i}`, 1));
  assert.match(read(models(many)).refused[0]?.reason ?? "", /has 30001 prices; at most 30000/);
  assert.equal(read(models(many.slice(1))).rates.length, 30_000);
  const twice = read(models([model("m", 1), model("m", 2), model('a \\": ', 3)]));
  assert.deepEqual(twice.refused, [refusal(because("at_file"), because("said_twice"))]);
});

describe("LiteLLM's format", () => {
  // Origin: the shape and the first entry are those of BerriAI/litellm (MIT), model_prices_and_context_window.json.
  const file = `{
    "sample_spec": {"mode": "one of", "input_cost_per_token": 0.0},
    "amazon.nova-2-pro-preview-20251202-v1:0": {"cache_read_input_token_cost": 5.46875e-07,
      "input_cost_per_token": 2.1875e-06, "litellm_provider": "bedrock_converse", "mode": "chat",
      "output_cost_per_token": 1.75e-05},
    "us.amazon.nova-2-pro-preview-20251202-v1:0": {"input_cost_per_token": 2.1875e-06,
      "litellm_provider": "bedrock_converse", "mode": "chat"},
    "openai/lab-9": {"input_cost_per_token": 1e-06, "input_cost_per_token_above_200k_tokens": 2e-06,
      "input_cost_per_token_batches": 5e-07, "output_cost_per_token": 0, "litellm_provider": "openai",
      "cache_read_input_token_cost": 1.0000000000000001e-07, "mode": "chat"},
    "1024-x-1024/dall-e-2": {"input_cost_per_pixel": 1.9e-08, "litellm_provider": "openai", "mode": "image_generation"}
  }`;

  test("gives exact dollars per million tokens, by tier and prompt size", () => {
    const per = ',"per":1000000}';
    assert.deepEqual(brief(file), [
      `aws.bedrock amazon.nova-2-pro-preview-20251202-v1:0 cache_read {"amount":"0.546875"${per}`,
      `aws.bedrock amazon.nova-2-pro-preview-20251202-v1:0 input_uncached {"amount":"2.1875"${per}`,
      `aws.bedrock amazon.nova-2-pro-preview-20251202-v1:0 output {"amount":"17.5"${per}`,
      `openai lab-9 input_uncached {"upTo":200000} {"amount":"1"${per}`,
      `openai lab-9 input_uncached {"over":200000} {"amount":"2"${per}`,
      `openai lab-9 input_uncached batch {"upTo":200000} {"amount":"0.5"${per}`,
    ]);
  });

  test("refuses float noise, zeros and rows for one place, and says why", () => {
    const { refused, format } = read(file);
    assert.equal(format, "litellm");
    const reasons = refused.map(({ where, reason }) => `${where}: ${reason}`).join("\n");
    assert.match(reasons, /us\.amazon\.nova.*one place/);
    assert.match(reasons, /lab-9 cache_read: 1\.0000000000000001e-07 has more than 15 digits/);
    assert.match(reasons, /lab-9 output: is 0, and free/);
    assert.equal(refused.length, 3);
  });
});

describe("models.dev's format", () => {
  test("gives dollars per million tokens with their bands", () => {
    const file = `{"google": {"id": "google", "models": {"gem-9": {"id": "gem-9",
      "cost": {"input": 1.25, "output": 10, "cache_read": 0.125, "context_over_200k": {"input": 2.5, "output": 15}}},
      "no-cost": {"id": "no-cost"}}}}`;
    const per = ',"per":1000000}';
    assert.equal(read(file).format, "models.dev");
    assert.deepEqual(brief(file), [
      `gcp.gemini gem-9 input_uncached {"upTo":200000} {"amount":"1.25"${per}`,
      `gcp.gemini gem-9 output {"upTo":200000} {"amount":"10"${per}`,
      `gcp.gemini gem-9 cache_read {"upTo":200000} {"amount":"0.125"${per}`,
      `gcp.gemini gem-9 input_uncached {"over":200000} {"amount":"2.5"${per}`,
      `gcp.gemini gem-9 output {"over":200000} {"amount":"15"${per}`,
    ]);
  });
});

describe("our own format", () => {
  test("reads what the API gives, and refuses each mistake at its place", () => {
    const file = JSON.stringify({
      prices: [
        {
          id: "x",
          state: "in_force",
          provider: "lab",
          model: "m",
          unit: "output",
          amount: "2",
          per: 1000,
        },
        { provider: "lab", model: "m", unit: "output", amount: "-2" },
        { provider: "lab", model: "m", unit: "outptu", amount: "2" },
        { provider: "lab", model: "m", unit: "output", amount: "0" },
        { provider: "lab", model: "m", unit: "output", amount: "0.123456789012345678" },
        { kind: "contract", provider: "lab", discount: "15%" },
        { provider: "lab", discount: "1/2" },
        { provider: "lab", model: "m", kind: "free" },
        "nonsense",
      ],
    });
    const { rates, refused } = read(file);
    assert.deepEqual(
      rates.map(({ unit, price }) => [unit, price]),
      [
        ["output", { amount: "2", per: 1000 }],
        [null, { off: { num: 3, den: 20 } }],
        ...["input_uncached", "cache_read", "cache_write_5m", "cache_write_1h", "output"].map(
          (unit) => [unit, { amount: "0", per: 1_000_000 }],
        ),
      ],
    );
    assert.deepEqual(
      refused.map(({ where }) => where),
      ["prices 2", "prices 3", "prices 4", "prices 5", "prices 7", "prices 9"],
    );
  });

  test("reads CSV with windows and bands", () => {
    const csv = [
      "kind,provider,model,unit,amount,per,window_tz,window_from,window_to,window_weekdays,context_up_to,effective_from,source_name,source_url,source_checked_at",
      "contract,lab,m,output,1.5,,Asia/Taipei,22:00,24:00,1 2 3,200000,2026-12-01,Deal,https://lab.example/deal,2026-11-20",
      "contract,lab,m,output,1.5,,Mars/Olympus,22:00,24:00,,,,Deal,,",
      "contract,lab,m",
    ].join("\r\n");
    const { rates, refused } = read(csv);
    assert.deepEqual(
      refused.map(({ where }) => where),
      ["line 4", "line 3"],
    );
    assert.partialDeepStrictEqual(rates[0] ?? {}, {
      window: { tz: "Asia/Taipei", from: "22:00", to: "24:00", weekdays: [1, 2, 3] },
      context: { upTo: 200_000 },
      effectiveFrom: new Date("2026-12-01T00:00:00Z"),
      source: { name: "Deal", url: "https://lab.example/deal", checkedAt: "2026-11-20" },
    });
  });

  test("reads JSON Lines, and refuses each line that is none", () => {
    const line = (amount: string) =>
      `{"provider":"lab","model":"m","unit":"output","amount":"${amount}","per":1000,"window_tz":null}`;
    const { rates, refused } = read([line("2"), "{nope", line("-2"), ""].join("\n"));
    assert.deepEqual(
      rates.map(({ price }) => price),
      [{ amount: "2", per: 1000 }],
    );
    assert.deepEqual(
      refused.map(({ where }) => where),
      ["line 2", "line 3"],
    );
  });

  test("says so when it is no price file", () => {
    for (const text of ["", "{", "{}", "[1", "\u0000", "null"]) {
      const { rates } = read(text);
      assert.deepEqual(rates, []);
    }
    assert.match(read("{nope").refused[0]?.reason ?? "", /no JSON/);
  });
});

describe("planning an import", () => {
  const now = new Date("2026-11-22T00:00:00Z");
  const plan = (prices: readonly object[], mode: "missing" | "all" = "all") =>
    planImport(loadPriceBook(), read(JSON.stringify(prices)), mode, now);
  const gpt = (unit: string, amount: string, more: object = {}) => ({
    ...{ provider: "openai", model: "gpt-5.5", unit, amount },
    ...{ effective_from: "2026-12-01T00:00:00Z", context: { upTo: 272_000 }, ...more },
  });

  test("tells the same price, another one, and a new one", () => {
    const prices = [
      gpt("output", "30.00"),
      gpt("input_uncached", "6"),
      { provider: "lab", model: "m", unit: "output", amount: "2" },
    ];
    const all = plan(prices);
    assert.equal(all.unchanged, 1);
    assert.deepEqual(
      all.added.map(({ before, rate }) => [rate.model, before]),
      [
        ["gpt-5.5", "5"],
        ["m", null],
      ],
    );
    const missing = plan(prices, "missing");
    assert.deepEqual(
      [missing.added.map(({ rate }) => rate.model), missing.differing.map(({ before }) => before)],
      [["m"], ["5"]],
    );
  });

  test("compares with what rules charge, too", () => {
    const { unchanged } = plan([
      { ...gpt("output", "12.5"), provider: "anthropic", model: "claude-opus-5", tier: "batch" },
    ]);
    assert.equal(unchanged, 1);
  });

  test("holds jumps of more than ten times and changes from long ago for a person", () => {
    assert.equal(plan([gpt("output", "301")]).suspicious.length, 1);
    assert.equal(plan([gpt("output", "2.9")]).suspicious.length, 1);
    assert.equal(plan([gpt("output", "299")]).suspicious.length, 0);
    const old = plan([gpt("output", "31", { effective_from: "2026-08-20T00:00:00Z" })]);
    assert.match(old.suspicious[0]?.reason ?? "", /90 days/);
    assert.match(
      plan([gpt("output", "31", { effective_from: null })]).suspicious[0]?.reason ?? "",
      /90 days/,
    );
  });

  test("holds one price for all prompt sizes where there are several", () => {
    const flat = plan([gpt("output", "31", { context: null })]);
    assert.match(flat.suspicious[0]?.reason ?? "", /every prompt size/);
  });

  test("takes what is stated twice once, and refuses it where the two differ", () => {
    const twice = plan([gpt("output", "31"), gpt("output", "31.0"), gpt("input_uncached", "6")]);
    assert.deepEqual([twice.added.length, twice.refused], [2, []]);
    const odd = plan([gpt("output", "31"), gpt("output", "32", { model: "GPT-5.5" })]);
    assert.deepEqual(odd.added, []);
    assert.match(odd.refused[0]?.reason ?? "", /stated twice: 31 and 32/);
  });

  test("refuses output below a tenth of input and cache reads above it", () => {
    const odd = (input: string, output: string, cacheRead: string) =>
      plan([
        { provider: "lab", model: "m", unit: "input_uncached", amount: input },
        { provider: "lab", model: "m", unit: "output", amount: output },
        { provider: "lab", model: "m", unit: "cache_read", amount: cacheRead },
      ]);
    assert.deepEqual(
      [odd("10", "1", "10").refused.length, odd("10", "1", "10").added.length],
      [0, 3],
    );
    assert.equal(odd("10", "0.99", "1").refused.length, 2);
    assert.equal(odd("10", "5", "10.01").refused.length, 1);
  });
});
