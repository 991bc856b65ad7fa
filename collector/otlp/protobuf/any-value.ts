/**
 * opentelemetry/proto/common/v1/common.proto
 *
 * AnyValue      string_value 1 string · bool_value 2 varint · int_value 3 varint ·
 *               double_value 4 fixed64 · array_value 5 · kvlist_value 6 · bytes_value 7.
 *               One of them, the last on the wire; none of them is the empty value, null.
 *               8 (string_value_strindex) is for profiles and skipped.
 * ArrayValue    values 1 AnyValue
 * KeyValueList  values 1 KeyValue
 * KeyValue      key 1 string · value 2 AnyValue
 */

import { MAX_VALUE_DEPTH, VALUE_COST } from "../decode-limits.ts";
import type { AttributeValue } from "../model.ts";
import type { OtlpReader } from "./otlp-reader.ts";

/** Reads the AnyValue at the reader, length included. `depth` is 1 for an attribute's own value. */
export function readAnyValue(reader: OtlpReader, parentEnd: number, depth: number): AttributeValue {
  const end = reader.enter(parentEnd);
  if (depth > MAX_VALUE_DEPTH) {
    reader.pos = end;
    return null;
  }
  let value: AttributeValue = null;
  while (reader.pos < end) {
    const tag = reader.nextTag();
    switch (tag) {
      case 10:
        value = reader.text();
        break;
      case 16:
        value = reader.bool();
        break;
      case 24:
        value = reader.wholeNumber();
        break;
      case 33:
        value = reader.double();
        break;
      case 42:
        value = readArray(reader, end, depth);
        break;
      case 50:
        value = readKeyValueList(reader, end, depth);
        break;
      case 58:
        value = reader.copiedBytes();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.finish(end);
  return value;
}

/** Adds the KeyValue at the reader to `attributes`; a repeated key's last value wins. */
export function readKeyValue(
  reader: OtlpReader,
  parentEnd: number,
  depth: number,
  attributes: Map<string, AttributeValue>,
): void {
  const end = reader.enter(parentEnd);
  reader.budget.spend(VALUE_COST);
  let key = "";
  let value: AttributeValue = null;
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === 10) key = reader.text();
    else if (tag === 18) value = readAnyValue(reader, end, depth);
    else reader.skipField(tag);
  }
  reader.finish(end);
  attributes.set(key, value);
}

function readArray(reader: OtlpReader, parentEnd: number, depth: number): AttributeValue[] {
  const end = reader.enter(parentEnd);
  const values: AttributeValue[] = [];
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag !== 10) {
      reader.skipField(tag);
      continue;
    }
    reader.budget.spend(VALUE_COST);
    values.push(readAnyValue(reader, end, depth + 1));
  }
  reader.finish(end);
  return values;
}

function readKeyValueList(
  reader: OtlpReader,
  parentEnd: number,
  depth: number,
): Map<string, AttributeValue> {
  const end = reader.enter(parentEnd);
  reader.budget.spend(VALUE_COST);
  const values = new Map<string, AttributeValue>();
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === 10) readKeyValue(reader, end, depth + 1, values);
    else reader.skipField(tag);
  }
  reader.finish(end);
  return values;
}
