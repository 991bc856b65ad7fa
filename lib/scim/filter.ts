import { ScimError } from "./scim-error.ts";

/** `attribute eq "value"`: what directories look people and groups up by. */
export type ScimFilter = { readonly attribute: string; readonly value: string };

/**
 * Reads a filter (RFC 7644 section 3.4.2.2), of which equality of one attribute
 * is supported, as ServiceProviderConfig says.
 *
 * @param attributes Those that can be filtered by, as RFC 7643 spells them.
 * @throws {ScimError} "invalidFilter" for anything else.
 */
export function readFilter(text: string | null, attributes: readonly string[]): ScimFilter | null {
  if (text === null || text.trim() === "") return null;
  const found = /^\s*([\w.:]+)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i.exec(text.slice(0, 1_000));
  const attribute = attributes.find((name) => name.toLowerCase() === found?.[1]?.toLowerCase());
  if (found === null || attribute === undefined) {
    const known = attributes.join(", ");
    throw new ScimError(`filter by: ATTRIBUTE eq "VALUE", one of ${known}`, {
      status: 400,
      scimType: "invalidFilter",
    });
  }
  return { attribute, value: textOf(found[2] ?? '""') };
}

function textOf(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch (cause) {
    throw new ScimError("the filter's value is no string", {
      status: 400,
      scimType: "invalidFilter",
      cause,
    });
  }
}
