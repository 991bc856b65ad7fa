import { type ContentPolicy, createKey } from "#lib/access/keys.ts";
import { ROLES, type Role } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { cliActor } from "./cli-actor.ts";
import { type Call, type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { requireTeams } from "./require-teams.ts";

/** Makes a key and prints its secret, which is kept nowhere. */
export const keyCreate: Command = {
  usage:
    "key create --kind ingest|api [--team SLUG] [--role admin|finance|manager|viewer] [--label TEXT] [--content drop|hash]",
  options: {
    kind: { type: "string" },
    team: { type: "string" },
    role: { type: "string" },
    label: { type: "string" },
    content: { type: "string" },
  },
  run: async (call) => {
    const kind = kindOf(call);
    const role = roleOf(call, kind);
    const team = text(call, "team");
    const label = text(call, "label") ?? "";
    const contentPolicy = contentPolicyOf(call, kind);
    const { id, secret } = await withDatabase(call.config, async ({ db }) => {
      await requireTeams(db, team === null ? [] : [team]);
      return createKey(db, cliActor(), {
        kind,
        team,
        label,
        contentPolicy,
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

/** What an ingest key keeps of prompts, arguments and results: nothing, or keyed hashes. */
function contentPolicyOf(call: Call, kind: "ingest" | "api"): ContentPolicy {
  const named = text(call, "content");
  if (named === null) return "drop";
  if (kind === "api") throw new AppError("--content is for ingest keys", { code: "invalid" });
  if (named === "drop" || named === "hash") return named;
  throw new AppError("--content must be drop or hash", { code: "invalid" });
}
