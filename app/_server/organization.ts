import { cache } from "react";
import { organization } from "#lib/db/schema/organization.ts";
import { context } from "./context.ts";

export type Organization = {
  readonly name: string;
  readonly timeZone: string;
  readonly hasSampleData: boolean;
};

/** The organisation of this installation; the defaults until it is named. */
export const currentOrganization = cache(async (): Promise<Organization> => {
  const [row] = await context().db.select().from(organization).limit(1);
  return row ?? { name: "Outlay", timeZone: "UTC", hasSampleData: false };
});
