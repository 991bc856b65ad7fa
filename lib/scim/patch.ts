import { z } from "zod";
import type { PatchOperation } from "./resources.ts";
import { ScimError } from "./scim-error.ts";

type Document = { readonly [name: string]: unknown };
/** `emails[type eq "work"].value`: of the mail addresses Outlay keeps one. */
const EMAIL_PATH = /^emails(\[.*\])?(\.value)?$/i;
const MEMBER_PATH = /^members\[\s*value\s+eq\s+"([^"]{1,100})"\s*\]$/i;
const Members = z.union([
  z.array(z.looseObject({ value: z.string().max(100) })).max(20_000),
  z.looseObject({ value: z.string().max(100) }).transform((one) => [one]),
]);

/**
 * The person's document after a patch (RFC 7644 section 3.5.2), in the spellings
 * that Entra ID and Okta use. Unknown attributes are passed over.
 */
export function patchUser(document: Document, operations: readonly PatchOperation[]): Document {
  let user = document;
  for (const operation of operations) user = userAfter(user, operation);
  return user;
}

function userAfter(user: Document, { op, path, value }: PatchOperation): Document {
  if (!path) {
    if (!isDocument(value)) throw badValue("an operation without path needs an object");
    return op === "remove" ? user : expandPaths({ ...user, ...value });
  }
  const next = op === "remove" ? null : value;
  if (EMAIL_PATH.test(path)) {
    return { ...user, emails: Array.isArray(next) ? next : [{ value: next, primary: true }] };
  }
  return expandPaths({ ...user, [path]: next });
}

export type GroupState = {
  readonly displayName: string;
  readonly externalId: string | null;
  readonly members: readonly string[];
};

/** The group after a patch: its name, and members added, removed or replaced. */
export function patchGroup(state: GroupState, operations: readonly PatchOperation[]): GroupState {
  let group = state;
  for (const operation of operations.flatMap(withPath)) group = groupAfter(group, operation);
  return group;
}

/** An operation without path is one for each attribute of its value. */
function withPath(operation: PatchOperation): PatchOperation[] {
  const { op, path, value } = operation;
  if (path) return [operation];
  if (!isDocument(value)) throw badValue("an operation without path needs an object");
  return Object.entries(value).map(([name, part]) => ({ op, path: name, value: part }));
}

function groupAfter(group: GroupState, operation: PatchOperation): GroupState {
  const { op, path, value } = operation;
  const member = MEMBER_PATH.exec(path ?? "")?.[1];
  if (member !== undefined) {
    if (op !== "remove")
      throw new ScimError("members are added by value", { status: 400, scimType: "invalidPath" });
    return { ...group, members: group.members.filter((id) => id !== member) };
  }
  switch (path?.toLowerCase()) {
    case "members":
      return patchMembers(group, operation);
    case "displayname":
      return { ...group, displayName: textOf(value) };
    case "externalid":
      return { ...group, externalId: op === "remove" ? null : textOf(value) };
    default:
      return group;
  }
}

function patchMembers(group: GroupState, { op, value }: PatchOperation): GroupState {
  if (op === "remove" && (value === undefined || value === null)) return { ...group, members: [] };
  const parsed = Members.safeParse(value);
  if (!parsed.success) throw badValue("members are objects with a value");
  const named = parsed.data.map((one) => one.value);
  const rest = group.members.filter((id) => !named.includes(id));
  if (op === "remove") return { ...group, members: rest };
  return { ...group, members: op === "replace" ? [...new Set(named)] : [...rest, ...named] };
}

/** `name.givenName` as an attribute of its own is the same as one inside `name`. */
function expandPaths(user: Document): Document {
  const { name } = user;
  const dotted = Object.entries(user).filter(([path]) => /^name\.\w+$/i.test(path));
  if (dotted.length === 0) return user;
  const plain = Object.fromEntries(Object.entries(user).filter(([path]) => !path.includes(".")));
  const parts = Object.fromEntries(dotted.map(([path, value]) => [path.slice(5), value]));
  return { ...plain, displayName: null, name: { ...(isDocument(name) ? name : {}), ...parts } };
}

function textOf(value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value.trim().slice(0, 300);
  throw badValue("the value must be text");
}

function badValue(detail: string): ScimError {
  return new ScimError(detail, { status: 400, scimType: "invalidValue" });
}

function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
