import { patchUser } from "#lib/scim/patch.ts";
import { PatchInput, UserInput } from "#lib/scim/resources.ts";
import { deleteScimUser, findScimUser, replaceScimUser } from "#lib/scim/users.ts";
import { userBody } from "../../_lib/representation.ts";
import { parse, scimBody, scimJson, scimRoute } from "../../_lib/scim-route.ts";

export const GET = scimRoute(async ({ id, db }) => scimJson(userBody(await findScimUser(db, id))));

export const PUT = scimRoute(async ({ request, id, viewer, db, now }) => {
  const input = await scimBody(request, UserInput);
  return scimJson(userBody(await replaceScimUser(db, viewer, id, () => input, now)));
});

export const PATCH = scimRoute(async ({ request, id, viewer, db, now }) => {
  const { Operations } = await scimBody(request, PatchInput);
  const user = await replaceScimUser(
    db,
    viewer,
    id,
    (before) => parse(UserInput, patchUser(userBody(before), Operations)),
    now,
  );
  return scimJson(userBody(user));
});

export const DELETE = scimRoute(async ({ id, viewer, db, now }) => {
  await deleteScimUser(db, viewer, id, now);
  return new Response(null, { status: 204 });
});
