import { GROUP_SCHEMA, USER_SCHEMA } from "#lib/scim/resources.ts";
import { listBody } from "../_lib/representation.ts";
import { scimJson, scimRoute } from "../_lib/scim-route.ts";

/** RFC 7643 section 6. */
export const GET = scimRoute(() => {
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"];
  const types = [
    { schemas, id: "User", name: "User", endpoint: "/Users", schema: USER_SCHEMA },
    { schemas, id: "Group", name: "Group", endpoint: "/Groups", schema: GROUP_SCHEMA },
  ];
  return scimJson(listBody(types, types.length, 1));
});
