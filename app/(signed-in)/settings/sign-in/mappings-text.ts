import type { GroupMapping } from "#lib/db/schema/sign-in.ts";

/** The mappings as the form shows them. */
export function mappingsText(mappings: readonly GroupMapping[]): string {
  return mappings
    .map(({ group, role, team }) => {
      const parts = [role, team === null ? null : `team:${team}`];
      return `${group} = ${parts.filter((part) => part !== null).join(", ")}`;
    })
    .join("\n");
}
