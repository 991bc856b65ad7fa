import { context } from "#app/_server/context.ts";
import type { ScimGroup } from "#lib/scim/groups.ts";
import { GROUP_SCHEMA, USER_SCHEMA } from "#lib/scim/resources.ts";
import type { ScimRange, ScimUser } from "#lib/scim/users.ts";

const MOST_AT_ONCE = 200;

/** A person in SCIM's core schema (RFC 7643 section 4.1). */
export function userBody(user: ScimUser) {
  return {
    schemas: [USER_SCHEMA],
    id: user.id,
    ...(user.externalId === null ? {} : { externalId: user.externalId }),
    userName: user.email,
    displayName: user.name,
    name: { formatted: user.name },
    emails: [{ value: user.email, type: "work", primary: true }],
    active: user.deactivatedAt === null,
    meta: meta("User", user),
  };
}

/** A group (section 4.2). */
export function groupBody(group: ScimGroup) {
  return {
    schemas: [GROUP_SCHEMA],
    id: group.id,
    ...(group.externalId === null ? {} : { externalId: group.externalId }),
    displayName: group.displayName,
    members: group.members.map((value) => ({ value, $ref: locationOf("User", value) })),
    meta: meta("Group", group),
  };
}

/** One page of a list (RFC 7644 section 3.4.2.4). */
export function listBody(resources: readonly unknown[], total: number, startIndex: number) {
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

/** Values below one count as one, and a negative count as none, as RFC 7644 asks. */
export function rangeOf(params: URLSearchParams): ScimRange {
  const whole = (name: string, fallback: number) => {
    const text = params.get(name) ?? "";
    return /^-?\d{1,9}$/.test(text) ? Number(text) : fallback;
  };
  return {
    startIndex: Math.max(1, whole("startIndex", 1)),
    count: Math.min(MOST_AT_ONCE, Math.max(0, whole("count", MOST_AT_ONCE))),
  };
}

function meta(
  resourceType: "User" | "Group",
  { id, createdAt, updatedAt }: { id: string; createdAt: Date; updatedAt: Date },
) {
  return {
    resourceType,
    created: createdAt.toISOString(),
    lastModified: updatedAt.toISOString(),
    location: locationOf(resourceType, id),
  };
}

function locationOf(resourceType: "User" | "Group", id: string): string {
  return `${context().config.publicUrl}/api/scim/v2/${resourceType}s/${encodeURIComponent(id)}`;
}
