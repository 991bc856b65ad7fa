import assert from "node:assert/strict";
import { test } from "node:test";
import { ChargeInput, ModelInput, PoolInput } from "#lib/cost-book/cost-input.ts";
import { readRateFile } from "#lib/currency/rate-file.ts";
import { EN } from "#lib/refusals/en.ts";
import { issueReasons } from "#lib/refusals/issue-reasons.ts";
import { because, inEnglish, type ReasonCode } from "#lib/refusals/reason.ts";
import { told, toldAll } from "#lib/refusals/told.ts";
import { ZH_HANT } from "#lib/refusals/zh-hant.ts";
import { RateInput } from "./rate-input.ts";
import { readPriceFile } from "./read-price-file.ts";

const CODES = Object.keys(EN) as ReasonCode[];
const placesIn = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
const HAN = /\p{Script=Han}/u;

test("each sentence names in Chinese what it names in English", () => {
  for (const code of CODES) {
    assert.deepEqual(placesIn(ZH_HANT[code]), placesIn(EN[code]), code);
    assert.match(ZH_HANT[code], HAN, code);
  }
});

test("a reason is told with its values, and its field by what forms call it", () => {
  const tooLong = because("period_too_long", { days: 800 });
  assert.equal(inEnglish(tooLong), "The period must have at most 800 days");
  assert.equal(told(tooLong, "zh-Hant"), "期間最長 800 天");
  const late = { ...because("ends_first"), field: "ends_on" };
  assert.equal(inEnglish(late), "ends_on must be after the start");
  assert.equal(told(late, "en"), "Ends on: must be after the start");
  assert.equal(told(late, "zh-Hant"), "結束於：須晚於開始");
  assert.equal(told({ ...because("needed"), field: "funding.0.model" }, "zh-Hant"), "模型：必填");
});

/** What a form is told in Chinese that it left nothing right. */
function wrongIn(schema: { safeParse: typeof RateInput.safeParse }, input: object): string[] {
  const { error } = schema.safeParse(input);
  return issueReasons(error?.issues ?? []).map((reason) => told(reason, "zh-Hant"));
}

test("what is wrong with the forms of prices and cost models is told in Chinese", () => {
  const charge = { kind: "seat", name: "席", amount: "1", starts_on: "2026-11-01" };
  const cases: [string[], string[]][] = [
    [
      wrongIn(RateInput, { provider: "x", model: "y", unit: "output", amount: "1e5" }),
      ["價格：須為一般小數，小數點後最多 12 位"],
    ],
    [
      wrongIn(RateInput, { provider: "x", model: "y", unit: "output" }),
      ["價格：請填金額或折扣，擇一"],
    ],
    [wrongIn(RateInput, { model: "y", unit: "ells", amount: "2", effective_from: "soon" }), []],
    [wrongIn(ModelInput as never, { team: null, markup: "a lot", headcount: 1.5 }), []],
    [wrongIn(ChargeInput as never, { ...charge, ends_on: "2026-11-01" }), ["結束於：須晚於開始"]],
    [wrongIn(ChargeInput as never, { ...charge, quantity: 0, amount: undefined }), []],
    [wrongIn(ChargeInput as never, { ...charge, kind: "gift", starts_on: "soon" }), []],
    [wrongIn(PoolInput as never, { name: "", method: "weights" }), []],
    [wrongIn(PoolInput as never, { name: "x", method: "weights" }), ["權重：至少一項須大於零"]],
  ];
  for (const [words, expected] of cases) {
    assert.ok(words.length > 0);
    for (const sentence of words) {
      assert.match(sentence, HAN);
      assert.doesNotMatch(sentence, /不合規定|must|Invalid/, sentence);
    }
    if (expected.length > 0) assert.deepEqual(words, expected);
  }
});

test("a price file's refusals say place and reason in Chinese", () => {
  const read = (text: string) =>
    readPriceFile(text, null, { effectiveFrom: null, today: "2026-11-23" }).refused.map(
      ({ where, at, why }) =>
        `${at === null ? where : told(at, "zh-Hant")}｜${toldAll(why, "zh-Hant")}`,
    );
  const header = "provider,model,unit,amount,source_quote\n";
  assert.deepEqual(read("{"), ["整個檔案｜不是 JSON"]);
  assert.deepEqual(read(`${header}openai,x,output,1,"open`), [
    "第 2 行｜加了引號的欄位沒有結束引號",
  ]);
  assert.deepEqual(read(`${header}openai,x,output,1e9,`), [
    "第 2 行｜價格：須為一般小數，小數點後最多 12 位",
  ]);
  assert.deepEqual(read('{"x": {"litellm_provider": "openai", "mode": "chat"}}'), [
    "x｜沒有價格，而沒有價格不等於免費",
  ]);
});

test("a rate file's refusals are told in Chinese", () => {
  const { mistakes } = readRateFile("date,currency,rate\n2026-11-01,EUR,0\nsoon,EUR,1\n");
  assert.deepEqual(
    mistakes.map(({ line, why }) => [line, told(why, "zh-Hant")]),
    [
      [2, "匯率不得為 0"],
      [3, '"soon" 不是日期（例如 2026-11-20）'],
    ],
  );
});
