import { z } from "zod";

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const PATCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** Some directories write booleans as text. */
const Flag = z.union([
  z.boolean(),
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(["true", "false"]))
    .transform((text) => text === "true"),
]);
const Text = z.string().trim().max(300);

/** A person as a directory sends one; what Outlay does not keep is passed over. */
export const UserInput = z
  .looseObject({
    userName: Text.min(1),
    externalId: Text.nullish(),
    displayName: Text.nullish(),
    name: z
      .looseObject({
        formatted: Text.nullish(),
        givenName: Text.nullish(),
        familyName: Text.nullish(),
      })
      .nullish(),
    emails: z
      .array(z.looseObject({ value: Text, primary: Flag.nullish() }))
      .max(20)
      .nullish(),
    active: Flag.nullish(),
  })
  .transform(({ userName, externalId, displayName, name, emails, active }) => {
    const primary = emails?.find((email) => email.primary) ?? emails?.[0];
    const whole = [name?.givenName, name?.familyName].filter(Boolean).join(" ");
    const email = userName.includes("@") ? userName : (primary?.value ?? userName);
    return {
      email: email.toLowerCase(),
      name: (displayName || name?.formatted || whole || userName).slice(0, 120),
      externalId: externalId ?? null,
      isActive: active ?? true,
    };
  })
  .refine(({ email }) => z.email().max(254).safeParse(email).success, {
    error: "userName or a mail address must be an e-mail address",
    path: ["userName"],
  });
export type UserInput = z.output<typeof UserInput>;

export const GroupInput = z.looseObject({
  displayName: Text.min(1),
  externalId: Text.nullish().transform((id) => id ?? null),
  members: z
    .array(z.looseObject({ value: z.string().max(100) }))
    .max(20_000)
    .nullish()
    .transform((members) => members?.map(({ value }) => value) ?? []),
});
export type GroupInput = z.output<typeof GroupInput>;

export const PatchInput = z.looseObject({
  Operations: z
    .array(
      z.looseObject({
        op: z
          .string()
          .toLowerCase()
          .pipe(z.enum(["add", "remove", "replace"])),
        path: z.string().max(300).nullish(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(1_000),
});
export type PatchOperation = z.output<typeof PatchInput>["Operations"][number];
