import { type DecodeBudget, MAX_VALUE_DEPTH, VALUE_COST } from "../decode-limits.ts";
import type { AttributeValue } from "../model.ts";
import {
  booleanOf,
  doubleOf,
  type JsonObject,
  listOf,
  objectOf,
  optionalObject,
  textOf,
  wholeNumberOf,
} from "./fields.ts";

/** Reads a list of KeyValue; a repeated key's last value wins. */
export function readAttributes(
  list: unknown,
  budget: DecodeBudget,
  depth = 1,
): Map<string, AttributeValue> {
  const attributes = new Map<string, AttributeValue>();
  for (const entry of listOf(list, "attributes")) {
    budget.spend(VALUE_COST);
    const pair = objectOf(entry, "attribute");
    attributes.set(textOf(pair.key, "key"), readAnyValue(pair.value, budget, depth));
  }
  return attributes;
}

/** Reads an AnyValue. None of its fields, or null, is the empty value. `depth` is 1 for an attribute's own value. */
export function readAnyValue(json: unknown, budget: DecodeBudget, depth: number): AttributeValue {
  if (json === undefined || json === null || depth > MAX_VALUE_DEPTH) return null;
  const value = objectOf(json, "value");
  if (isSet(value, "stringValue")) return textOf(value.stringValue, "stringValue");
  if (isSet(value, "intValue")) return wholeNumberOf(value.intValue, "intValue");
  if (isSet(value, "doubleValue")) return doubleOf(value.doubleValue, "doubleValue");
  if (isSet(value, "boolValue")) return booleanOf(value.boolValue, "boolValue");
  if (isSet(value, "arrayValue")) return readArray(value.arrayValue, budget, depth);
  if (isSet(value, "kvlistValue")) {
    budget.spend(VALUE_COST);
    const list = optionalObject(value.kvlistValue, "kvlistValue");
    return readAttributes(list.values, budget, depth + 1);
  }
  if (isSet(value, "bytesValue")) return bytesOf(value.bytesValue);
  return null;
}

function isSet(value: JsonObject, key: string): boolean {
  return value[key] !== undefined && value[key] !== null;
}

function readArray(json: unknown, budget: DecodeBudget, depth: number): AttributeValue[] {
  const list = listOf(optionalObject(json, "arrayValue").values, "values");
  return list.map((entry) => {
    budget.spend(VALUE_COST);
    return readAnyValue(entry, budget, depth + 1);
  });
}

function bytesOf(value: unknown): Uint8Array {
  return Uint8Array.from(Buffer.from(textOf(value, "bytesValue"), "base64"));
}
