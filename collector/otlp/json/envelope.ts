import { AppError } from "#lib/errors.ts";
import { DecodeBudget } from "../decode-limits.ts";
import type { Decoded } from "../decoded.ts";
import type { Resource, Scope } from "../model.ts";
import type { Origin } from "../protobuf/envelope.ts";
import { readAttributes } from "./any-value.ts";
import { type JsonObject, listOf, objectOf, optionalObject, textOf } from "./fields.ts";
import { parseJson } from "./parse.ts";

/** What the three levels are called in one signal's JSON. */
export type EnvelopeNames = {
  readonly resources: string;
  readonly scopes: string;
  readonly items: string;
};

export type JsonItemContext = { readonly origin: Origin; readonly budget: DecodeBudget };

/** Makes model items of one JSON item; a metric gives one for each point. Throws "invalid" to reject it. */
export type ReadJsonItem<Item> = (json: JsonObject, context: JsonItemContext) => readonly Item[];

/**
 * Decodes a JSON request. A wrong envelope makes the whole request invalid; a
 * wrong item is rejected alone.
 *
 * @throws {AppError} "invalid" or "too_large".
 */
export function decodeJson<Item>(
  bytes: Uint8Array,
  names: EnvelopeNames,
  readItem: ReadJsonItem<Item>,
): Decoded<Item> {
  const request = objectOf(parseJson(bytes), "the request");
  const items: Item[] = [];
  const budget = new DecodeBudget();
  let rejected = 0;
  let reason = "";
  for (const { origin, json } of walk(request, names, budget)) {
    try {
      for (const item of readItem(objectOf(json, names.items), { origin, budget }))
        items.push(item);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid") throw error;
      rejected += 1;
      if (reason === "") reason = `${error.message} (${placeOf(origin)})`;
    }
  }
  return { items, rejected, reason };
}

function* walk(
  request: JsonObject,
  names: EnvelopeNames,
  budget: DecodeBudget,
): Generator<{ origin: Origin; json: unknown }> {
  for (const [r, ofResource] of listOf(request[names.resources], names.resources).entries()) {
    const group = objectOf(ofResource, names.resources);
    const resource = readResource(group, budget);
    for (const [s, ofScope] of listOf(group[names.scopes], names.scopes).entries()) {
      const scoped = objectOf(ofScope, names.scopes);
      const scope = readScope(scoped, budget);
      for (const [i, json] of listOf(scoped[names.items], names.items).entries()) {
        yield { origin: { resource, scope, position: [r, s, i] }, json };
      }
    }
  }
}

function readResource(group: JsonObject, budget: DecodeBudget): Resource {
  const resource = optionalObject(group.resource, "resource");
  return {
    attributes: readAttributes(resource.attributes, budget),
    schemaUrl: textOf(group.schemaUrl, "schemaUrl"),
  };
}

function readScope(group: JsonObject, budget: DecodeBudget): Scope {
  const scope = optionalObject(group.scope, "scope");
  return {
    name: textOf(scope.name, "name"),
    version: textOf(scope.version, "version"),
    attributes: readAttributes(scope.attributes, budget),
    schemaUrl: textOf(group.schemaUrl, "schemaUrl"),
  };
}

function placeOf({ position: [resource, scope, item] }: Origin): string {
  return `resource ${resource}, scope ${scope}, item ${item}`;
}
