import { nextCookies } from "better-auth/next-js";
import { connection } from "next/server";
import { cache } from "react";
import { type Auth, createAuth } from "#lib/auth/create-auth.ts";
import { trustedOrigins } from "#lib/auth/trusted-origins.ts";
import { readServiceConfig, type ServiceConfig } from "#lib/config.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";

export type Context = Database & { readonly config: ServiceConfig; readonly auth: Auth };

/** Survives the reloads of `next dev`, which would otherwise open a new pool each time. */
const holder = globalThis as typeof globalThis & { outlayContext?: Context };

/** The database, the configuration and sign-in of this process; opened on first use. */
export function context(): Context {
  holder.outlayContext ??= openContext();
  return holder.outlayContext;
}

/** The instant this request is about: read once, so that every panel on a page agrees. */
export const requestTime = cache(async (): Promise<Date> => {
  await connection();
  return new Date();
});

function openContext(): Context {
  const config = readServiceConfig(process.env);
  const database = openDatabase(config.databaseUrl, { applicationName: "outlay-web" });
  const auth = createAuth({
    db: database.db,
    secret: config.secret,
    publicUrl: config.publicUrl,
    trustedOrigins: trustedOrigins(config.publicUrl),
    allowedProviders: config.webhookAllow,
    plugins: [nextCookies()],
  });
  return { ...database, config, auth };
}
