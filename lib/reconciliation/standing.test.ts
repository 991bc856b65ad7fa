import assert from "node:assert/strict";
import { test } from "node:test";
import { earlierOf, inForce, latestOf, placeAmong, type Standee, standingOf } from "./standing.ts";

const NOTHING = {
  ...{ month: "2026-10", providers: ["openai"], replaces: [], addedTo: [] },
  ...{ withdrawn: null, accepted: null },
};
type File = Standee & { readonly fileName: string };
const file = (id: string, more: Partial<Standee> = {}): File => ({
  ...{ ...NOTHING, id, fileName: `${id}.csv`, ...more },
});
const withdrawn = { at: new Date(0), by: "finance", note: "wrong file" };
const ids = (some: readonly Standee[]) => some.map(({ id }) => id);

const first = file("a");
const part = file("b", { addedTo: ["a"] });
const corrected = file("c", { replaces: ["a"], addedTo: ["b"] });

const CASES: readonly [string, readonly File[], readonly string[], readonly string[]][] = [
  ["one invoice", [first], ["a"], ["a"]],
  ["a further part speaks for both", [first, part], ["a", "b"], ["b"]],
  ["the first part corrected", [first, part, corrected], ["b", "c"], ["c"]],
  ["a correction withdrawn", [first, part, { ...corrected, withdrawn }], ["a", "b"], ["b"]],
  ["a part withdrawn", [first, { ...part, withdrawn }], ["a"], ["a"]],
  [
    "a correction that was corrected, and that one withdrawn",
    [first, file("d", { replaces: ["a"] }), file("e", { replaces: ["d"], withdrawn })],
    ...([["d"], ["d"]] as const),
  ],
  [
    "another provider stands by itself",
    [first, file("g", { providers: ["x"] })],
    ["a", "g"],
    ["a", "g"],
  ],
];

for (const [name, invoices, counted, latest] of CASES) {
  test(`which invoices count: ${name}`, () => {
    assert.deepEqual(ids(inForce(invoices)), counted);
    assert.deepEqual(ids(latestOf(invoices)), latest);
  });
}

test("each invoice says how it stands, and by which other", () => {
  const all = [first, part, corrected, file("h", { withdrawn })];
  assert.deepEqual(
    all.map((one) => standingOf(one, all)),
    [
      { state: "replaced", by: "c" },
      { state: "added_to", by: "c" },
      { state: "open" },
      { state: "withdrawn" },
    ],
  );
});

test("a new file meets those of its month that share a provider, also by way of others", () => {
  const all = [
    ...[first, file("m", { providers: ["openai", "anthropic"] })],
    ...[file("n", { providers: ["anthropic"] }), file("o", { providers: ["gcp.gemini"] })],
    file("p", { month: "2026-09" }),
  ];
  assert.deepEqual(ids(earlierOf({ month: "2026-10", providers: ["openai"] }, all)), [
    "a",
    "m",
    "n",
  ]);
  assert.deepEqual(ids(earlierOf({ month: "2026-10", providers: ["mistral"] }, all)), []);
});

test("a file is kept beside others only when somebody says how, and leaves no provider out", () => {
  const earlier = [first, part];
  const place = (said: string | null, providers = ["openai"]) =>
    placeAmong(providers, earlier, said);
  assert.throws(() => place(null), { code: "conflict", message: /a\.csv, b\.csv/ });
  assert.throws(() => place("elsewhere"), { code: "invalid" });
  assert.throws(() => place("replace", ["anthropic"]), { code: "invalid", message: /openai/ });
  assert.deepEqual(place("add"), { replaces: [], addedTo: ["a", "b"] });
  assert.deepEqual(place("replace"), { replaces: ["a", "b"], addedTo: [] });
  assert.deepEqual(place("a"), { replaces: ["a"], addedTo: ["b"] });
  assert.deepEqual(placeAmong(["openai"], [], null), { replaces: [], addedTo: [] });
});
