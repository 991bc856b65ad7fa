import { KEY_SCOPES, type KeyScope, storableScopes } from "#lib/access/key-scopes.ts";
import { type ContentPolicy, createKey } from "#lib/access/keys.ts";
import { requireTeams } from "#lib/access/require-teams.ts";
import { ROLES, type Role } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { cliActor } from "./cli-actor.ts";
import { type Call, type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";

const DAY_MS = 86_400_000;

/** Makes a key and prints its secret, which is kept nowhere. */
export const keyCreate: Command = {
  usage:
    "key create --kind ingest|api [--team SLUG] [--role admin|finance|manager|viewer] [--label TEXT] [--content drop|hash] [--scopes A,B] [--expires-days N]",
  options: {
    kind: { type: "string" },
    team: { type: "string" },
    role: { type: "string" },
    label: { type: "string" },
    content: { type: "string" },
    scopes: { type: "string" },
    "expires-days": { type: "string" },
  },
  run: async (call) => {
    const kind = kindOf(call);
    const role = roleOf(call, kind);
    const team = text(call, "team");
    const label = text(call, "label") ?? "";
    const contentPolicy = contentPolicyOf(call, kind);
    const scopes = scopesOfCall(call, kind);
    const expiresAt = expiryOf(call);
    const { id, secret } = await withDatabase(call.config, async ({ db }) => {
      await requireTeams(db, team === null ? [] : [team]);
      return createKey(db, cliActor(), {
        kind,
        team,
        label,
        contentPolicy,
        scopes,
        expiresAt,
        ...(role === null ? {} : { role }),
      });
    });
    return {
      line: `created ${kind} key ${id}, shown this once: ${secret}`,
      data: { id, kind, team, role, label, secret },
      exitCode: 0,
    };
  },
};

function kindOf(call: Call): "ingest" | "api" {
  const kind = text(call, "kind");
  if (kind === "ingest" || kind === "api") return kind;
  throw new AppError("--kind must be ingest or api", { code: "invalid" });
}

/** API keys have a role, by default the least; ingest keys can only send. */
function roleOf(call: Call, kind: "ingest" | "api"): Role | null {
  const named = text(call, "role");
  if (kind === "ingest") {
    if (named === null) return null;
    throw new AppError("--role is for API keys", { code: "invalid" });
  }
  const role = ROLES.find((candidate) => candidate === (named ?? "viewer"));
  if (role !== undefined) return role;
  throw new AppError(`--role must be one of ${ROLES.join(", ")}`, { code: "invalid" });
}

function scopesOfCall(call: Call, kind: "ingest" | "api"): readonly KeyScope[] | null {
  const scopes = storableScopes(kind, text(call, "scopes")?.split(",") ?? null);
  if (scopes !== undefined) return scopes;
  throw new AppError(`--scopes must be among ${KEY_SCOPES[kind].join(",")}`, { code: "invalid" });
}

function expiryOf(call: Call): Date | null {
  const days = text(call, "expires-days");
  if (days === null) return null;
  if (/^[1-9]\d{0,3}$/.test(days)) return new Date(Date.now() + Number(days) * DAY_MS);
  throw new AppError("--expires-days must be 1 to 9999", { code: "invalid" });
}

/** What an ingest key keeps of prompts, arguments and results: nothing, or keyed hashes. */
function contentPolicyOf(call: Call, kind: "ingest" | "api"): ContentPolicy {
  const named = text(call, "content");
  if (named === null) return "drop";
  if (kind === "api") throw new AppError("--content is for ingest keys", { code: "invalid" });
  if (named === "drop" || named === "hash") return named;
  throw new AppError("--content must be drop or hash", { code: "invalid" });
}
