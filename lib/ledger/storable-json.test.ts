import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { storable, storableJson } from "./storable-json.ts";

const anything = fc.jsonValue({ noUnicodeString: false }).map((value) => ({ value }));
const hostile = fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }));

test("what is storable is left as it is, and is the same object", () => {
  const value = { a: ["ü", "😀", null, 1, true, { b: "\\u0000", c: "\\ud800" }] };
  assert.equal(storable(value), value);
  assert.equal(storableJson(value), JSON.stringify(value));
});

test("U+0000 is dropped and a lone surrogate replaced, in values, keys and lists", () => {
  const hostileValue = { "k\u0000": ["a\u0000b", { "\ud800": "\udc00x" }] };
  assert.deepEqual(storable(hostileValue), { k: ["ab", { "\ufffd": "\ufffdx" }] });
  assert.equal(storableJson(hostileValue), '{"k":["ab",{"\ufffd":"\ufffdx"}]}');
});

test("nothing that Postgres refuses is left, and a second time changes nothing", () => {
  fc.assert(
    fc.property(fc.oneof(anything, hostile), (value) => {
      const json = storableJson(value);
      assert.ok(json.isWellFormed() && !json.includes("\u0000"));
      assert.doesNotMatch(json, /(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
      const clean = storable(value);
      assert.equal(storable(clean), clean);
      assert.equal(storableJson(clean), json);
    }),
  );
});
