import { changeScimGroup, deleteScimGroup, findScimGroup } from "#lib/scim/groups.ts";
import { patchGroup } from "#lib/scim/patch.ts";
import { GroupInput, PatchInput } from "#lib/scim/resources.ts";
import { groupBody } from "../../_lib/representation.ts";
import { scimBody, scimJson, scimRoute } from "../../_lib/scim-route.ts";

export const GET = scimRoute(async ({ id, db }) =>
  scimJson(groupBody(await findScimGroup(db, id))),
);

export const PUT = scimRoute(async ({ request, id, viewer, db, now }) => {
  const input = await scimBody(request, GroupInput);
  return scimJson(groupBody(await changeScimGroup(db, viewer, id, () => input, now)));
});

export const PATCH = scimRoute(async ({ request, id, viewer, db, now }) => {
  const { Operations } = await scimBody(request, PatchInput);
  const change = (group: Parameters<typeof patchGroup>[0]) => patchGroup(group, Operations);
  return scimJson(groupBody(await changeScimGroup(db, viewer, id, change, now)));
});

export const DELETE = scimRoute(async ({ id, viewer, db }) => {
  await deleteScimGroup(db, viewer, id);
  return new Response(null, { status: 204 });
});
