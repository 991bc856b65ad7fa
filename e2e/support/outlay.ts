import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { e2eEnvironment } from "../../lib/testing/e2e-environment.ts";

export const ENVIRONMENT = e2eEnvironment();

export type Role = "admin" | "finance" | "manager" | "viewer";
export type Team = { readonly slug: string; readonly ingestKey: string };
export type Person = { readonly email: string; readonly password: string };

/** Runs a command line on the Outlay under test and gives what `--json` prints. */
export async function outlay(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["bin/outlay.mjs", ...args, "--json"],
    { env: { ...process.env, ...ENVIRONMENT.variables } },
  );
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** A name that no other spec uses. */
export function freshName(start: string): string {
  return `${start}-${randomBytes(4).toString("hex")}`;
}

/** A team with a key whose events fall to it. */
export async function mintTeam(name: string): Promise<Team> {
  const slug = freshName(name);
  await outlay("team", "create", slug);
  return { slug, ingestKey: await mintIngestKey("--team", slug) };
}

/** @returns The secret of a key whose events fall to no team, unless an option names one. */
export async function mintIngestKey(...options: readonly string[]): Promise<string> {
  const key = await outlay("key", "create", "--kind", "ingest", "--label", "e2e", ...options);
  return String(key.secret);
}

/** @returns The secret of an API key that sees what the role sees of the team. */
export async function mintApiKey(role: Role, team?: string): Promise<string> {
  const ofTeam = team === undefined ? [] : ["--team", team];
  const key = await outlay("key", "create", "--kind", "api", "--role", role, ...ofTeam);
  return String(key.secret);
}

export async function mintPerson(role: Role, team?: string): Promise<Person> {
  const email = `${freshName(role)}@outlay.test`;
  const ofTeam = team === undefined ? [] : ["--team", team];
  const user = await outlay("user", "create", email, "--role", role, ...ofTeam);
  return { email, password: String(user.password) };
}
