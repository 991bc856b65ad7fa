import { GROUP_SCHEMA, USER_SCHEMA } from "#lib/scim/resources.ts";
import { listBody } from "../_lib/representation.ts";
import { scimJson, scimRoute } from "../_lib/scim-route.ts";

type Attribute = {
  readonly name: string;
  readonly type?: "boolean" | "complex";
  readonly required?: boolean;
  readonly isUnique?: boolean;
  readonly isMany?: boolean;
  readonly parts?: readonly Attribute[];
};

/** The attributes that Outlay keeps (RFC 7643 section 7). */
export const GET = scimRoute(() => {
  const schemas = [
    schemaOf(USER_SCHEMA, "User", [
      { name: "userName", required: true, isUnique: true },
      { name: "externalId" },
      { name: "displayName" },
      { name: "name", type: "complex", parts: [{ name: "formatted" }] },
      { name: "emails", type: "complex", isMany: true, parts: [{ name: "value" }] },
      { name: "active", type: "boolean" },
    ]),
    schemaOf(GROUP_SCHEMA, "Group", [
      { name: "displayName", required: true, isUnique: true },
      { name: "externalId" },
      { name: "members", type: "complex", isMany: true, parts: [{ name: "value" }] },
    ]),
  ];
  return scimJson(listBody(schemas, schemas.length, 1));
});

function schemaOf(id: string, name: string, attributes: readonly Attribute[]) {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
    id,
    name,
    attributes: attributes.map(attributeOf),
  };
}

function attributeOf(attribute: Attribute): Record<string, unknown> {
  const { name, type = "string", required = false, isUnique = false, isMany = false } = attribute;
  return {
    name,
    type,
    multiValued: isMany,
    required,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: isUnique ? "server" : "none",
    ...(attribute.parts && { subAttributes: attribute.parts.map(attributeOf) }),
  };
}
