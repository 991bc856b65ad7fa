/**
 * The three requests share one envelope, field for field:
 *
 * Export…ServiceRequest  resource_… 1
 * Resource…              resource 1 · scope_… 2 · schema_url 3
 * Scope…                 scope 1 · items 2 · schema_url 3
 * Resource               attributes 1 KeyValue
 * InstrumentationScope   name 1 string · version 2 string · attributes 3 KeyValue
 *
 * The order on the wire is free, so each level is walked twice: once for what
 * all items below share, once for the items.
 */

import type { Attributes, AttributeValue, Resource, Scope } from "../model.ts";
import { readKeyValue } from "./any-value.ts";
import { OtlpReader } from "./otlp-reader.ts";

export type Origin = {
  readonly resource: Resource;
  readonly scope: Scope;
  readonly position: readonly [resource: number, scope: number, item: number];
};

/** An item while its fields come in. */
export type Draft<Item> = { -readonly [Field in keyof Item]: Item[Field] };

/** Reads the item at the reader, length included. */
export type ReadItem = (reader: OtlpReader, parentEnd: number, origin: Origin) => void;

const FIRST = 10;
const SECOND = 18;
const THIRD = 26;

/** Calls `readItem` for every span, log record or metric of a request. Throws on malformed bytes. */
export function readEnvelope(bytes: Uint8Array, readItem: ReadItem): void {
  const reader = new OtlpReader(bytes);
  let index = 0;
  while (reader.pos < reader.len) {
    const tag = reader.nextTag();
    if (tag === FIRST) readResourceItems(reader, index++, readItem);
    else reader.skipField(tag);
  }
  reader.finish(reader.len);
}

function readResourceItems(reader: OtlpReader, index: number, readItem: ReadItem): void {
  const end = reader.enter(reader.len);
  const start = reader.pos;
  let attributes: Attributes = new Map();
  let schemaUrl = "";
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === FIRST) attributes = readResource(reader, end);
    else if (tag === THIRD) schemaUrl = reader.text();
    else reader.skipField(tag);
  }
  reader.finish(end);

  const resource = { attributes, schemaUrl };
  let scopeIndex = 0;
  reader.pos = start;
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === SECOND) readScopeItems(reader, end, resource, [index, scopeIndex++], readItem);
    else reader.skipField(tag);
  }
}

function readScopeItems(
  reader: OtlpReader,
  parentEnd: number,
  resource: Resource,
  [resourceIndex, scopeIndex]: readonly [number, number],
  readItem: ReadItem,
): void {
  const end = reader.enter(parentEnd);
  const start = reader.pos;
  let scope: Scope = { name: "", version: "", attributes: new Map(), schemaUrl: "" };
  let schemaUrl = "";
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === FIRST) scope = readScope(reader, end);
    else if (tag === THIRD) schemaUrl = reader.text();
    else reader.skipField(tag);
  }
  reader.finish(end);

  if (schemaUrl !== "") scope = { ...scope, schemaUrl };
  let item = 0;
  reader.pos = start;
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === SECOND) {
      readItem(reader, end, { resource, scope, position: [resourceIndex, scopeIndex, item++] });
    } else reader.skipField(tag);
  }
}

function readResource(reader: OtlpReader, parentEnd: number): Attributes {
  const end = reader.enter(parentEnd);
  const attributes = new Map<string, AttributeValue>();
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === FIRST) readKeyValue(reader, end, 1, attributes);
    else reader.skipField(tag);
  }
  reader.finish(end);
  return attributes;
}

function readScope(reader: OtlpReader, parentEnd: number): Scope {
  const end = reader.enter(parentEnd);
  const attributes = new Map<string, AttributeValue>();
  let name = "";
  let version = "";
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === FIRST) name = reader.text();
    else if (tag === SECOND) version = reader.text();
    else if (tag === THIRD) readKeyValue(reader, end, 1, attributes);
    else reader.skipField(tag);
  }
  reader.finish(end);
  return { name, version, attributes, schemaUrl: "" };
}
