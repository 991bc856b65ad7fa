import { ROLES, type Role } from "#lib/access/viewer.ts";
import type { GroupMapping } from "#lib/db/schema/sign-in.ts";

export type MappedAccess = { readonly role: Role; readonly teams: readonly string[] };

/**
 * The role and teams that groups of the directory come to: the highest role of
 * all that match, or the least where none does, and every team.
 */
export function mappedAccess(
  mappings: readonly GroupMapping[],
  {
    roleGroups,
    teamGroups,
  }: {
    readonly roleGroups: readonly string[];
    readonly teamGroups: readonly string[];
  },
): MappedAccess {
  const roles = mappings.flatMap(({ group, role }) =>
    role !== null && roleGroups.includes(group) ? [role] : [],
  );
  const teams = mappings.flatMap(({ group, team }) =>
    team !== null && teamGroups.includes(group) ? [team] : [],
  );
  return {
    role: ROLES.find((role) => roles.includes(role)) ?? "viewer",
    teams: [...new Set(teams)].toSorted(),
  };
}

/**
 * The groups in a claim, which may be a list, one text, or nested as in
 * `realm_access.roles`.
 */
export function groupsIn(claims: Readonly<Record<string, unknown>>, claim: string): string[] {
  const value = Object.hasOwn(claims, claim)
    ? claims[claim]
    : claim
        .split(".")
        .reduce<unknown>(
          (at, name) =>
            typeof at === "object" && at !== null && Object.hasOwn(at, name)
              ? (at as Record<string, unknown>)[name]
              : undefined,
          claims,
        );
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === "string").slice(0, 1_000);
}
