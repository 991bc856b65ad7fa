import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { COLUMNS_1_4, columnsOf } from "./columns.ts";
import { validateFocusCsv } from "./validate-file.ts";

const read = (name: string) =>
  readFileSync(new URL(`./testdata/${name}.csv`, import.meta.url), "utf8");
const faultsOf = (name: string) => validateFocusCsv(read(name), "1.4");
const columnsAtFault = (name: string) => [...new Set(faultsOf(name).map(({ column }) => column))];

test("FOCUS 1.4 has 65 columns, and 21 of 1.2 are mandatory", () => {
  assert.equal(Object.keys(COLUMNS_1_4).length, 65);
  const mandatory = [...columnsOf("1.2").values()].filter(({ isMandatory }) => isMandatory);
  assert.equal(mandatory.length, 21);
});

test("a right file holds, also with NULL in words", () => {
  assert.deepEqual(faultsOf("good"), []);
  assert.deepEqual(faultsOf("nulltext"), []);
});

test("each wrong file is told by the column at fault", () => {
  assert.deepEqual(columnsAtFault("bom"), ["BilledCost"]);
  assert.deepEqual(columnsAtFault("tz"), ["ChargePeriodStart"]);
  assert.deepEqual(columnsAtFault("vc_tokens"), ["PricingCurrency"]);
  assert.deepEqual(columnsAtFault("bad").toSorted(), [
    "BillingPeriodStart",
    "ChargeCategory",
    "ConsumedQuantity",
    "ConsumedUnit",
    "ListCost",
    "ListUnitPrice",
    "Model",
    "ServiceCategory",
    "ServiceSubcategory",
    "Tags",
  ]);
});

const [header = "", record = ""] = read("good").split(/\r?\n/);
const withCell = (column: string, value: string) => {
  const at = header.split(",").indexOf(column);
  assert.ok(at >= 0, column);
  // Only the quoted columns, which are behind these, hold commas.
  const cells = record.split(",");
  cells[at] = value;
  return validateFocusCsv(`${header}\n${cells.join(",")}\n`, "1.4").map(({ column }) => column);
};

test("each rule finds its fault", () => {
  const faults: [string, string, string][] = [
    ["ListUnitPrice", "0.000006", "ListUnitPrice"],
    ["ContractedUnitPrice", "-0.000005", "ContractedUnitPrice"],
    ["BilledCost", "1,000.00".replace(",", ""), ""],
    ["BilledCost", "$1", "BilledCost"],
    ["BilledCost", "", "BilledCost"],
    ["BilledCost", " ", "BilledCost"],
    ["BillingCurrency", "Tokens", "BillingCurrency"],
    ["BillingAccountId", "12345", "BillingAccountId"],
    ["ChargePeriodEnd", "2026-11-22T00:00:00Z", "ChargePeriodEnd"],
    ["ConsumedQuantity", "", "ConsumedQuantity"],
    ["PricingUnit", "tokens", "PricingUnit"],
    ["PricingQuantity", "", "PricingQuantity"],
    ["ServiceCategory", "Compute", "ServiceSubcategory"],
    ["EffectiveCost", "3.15E-3", ""],
    ["EffectiveCost", "E+7", "EffectiveCost"],
  ];
  for (const [column, value, wanted] of faults) {
    const found = withCell(column, value);
    if (wanted === "") assert.deepEqual(found, [], `${column} ${value}`);
    else assert.ok(found.includes(wanted), `${column} ${value}: ${found.join()}`);
  }
});
