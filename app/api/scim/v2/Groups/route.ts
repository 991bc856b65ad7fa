import { readFilter } from "#lib/scim/filter.ts";
import { createScimGroup, listScimGroups } from "#lib/scim/groups.ts";
import { GroupInput } from "#lib/scim/resources.ts";
import { groupBody, listBody, rangeOf } from "../_lib/representation.ts";
import { scimBody, scimJson, scimRoute } from "../_lib/scim-route.ts";

export const GET = scimRoute(async ({ url, db }) => {
  const filter = readFilter(url.searchParams.get("filter"), ["displayName", "externalId", "id"]);
  const range = rangeOf(url.searchParams);
  const { rows, total } = await listScimGroups(db, filter, range);
  return scimJson(listBody(rows.map(groupBody), total, range.startIndex));
});

export const POST = scimRoute(async ({ request, viewer, db, now }) => {
  const input = await scimBody(request, GroupInput);
  return scimJson(groupBody(await createScimGroup(db, viewer, input, now)), 201);
});
