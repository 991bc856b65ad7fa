import { readFilter } from "#lib/scim/filter.ts";
import { UserInput } from "#lib/scim/resources.ts";
import { createScimUser, listScimUsers } from "#lib/scim/users.ts";
import { listBody, rangeOf, userBody } from "../_lib/representation.ts";
import { scimBody, scimJson, scimRoute } from "../_lib/scim-route.ts";

export const GET = scimRoute(async ({ url, db }) => {
  const filter = readFilter(url.searchParams.get("filter"), [
    "userName",
    "externalId",
    "id",
    "emails.value",
  ]);
  const range = rangeOf(url.searchParams);
  const { rows, total } = await listScimUsers(db, filter, range);
  return scimJson(listBody(rows.map(userBody), total, range.startIndex));
});

export const POST = scimRoute(async ({ request, viewer, db, now }) => {
  const input = await scimBody(request, UserInput);
  return scimJson(userBody(await createScimUser(db, viewer, input, now)), 201);
});
