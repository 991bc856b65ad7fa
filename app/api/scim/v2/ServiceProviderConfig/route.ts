import { scimJson, scimRoute } from "../_lib/scim-route.ts";

/** What this service can do (RFC 7643 section 5). */
export const GET = scimRoute(() =>
  scimJson({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: 200 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "An API key of an admin with the scope scim",
        primary: true,
      },
    ],
  }),
);
