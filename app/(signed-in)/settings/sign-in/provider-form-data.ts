import { ProviderInput } from "#lib/auth/sso/provider.ts";

/** One mapping a line: `group = role`, `group = team:payments`, or both after another. */
const MAPPING = /^(.+?)\s*(?:=|→)\s*(admin|finance|manager|viewer)?\s*,?\s*(?:team:(\S+))?$/;

/** What the form says, or the names of the fields that are wrong. */
export function readProviderForm(
  form: FormData,
): { readonly input: ProviderInput } | { readonly wrong: readonly string[] } {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const mappings = linesOf(text("mappings")).map(readMapping);
  const parsed = ProviderInput.safeParse({
    isEnabled: form.get("isEnabled") === "on",
    name: text("name"),
    issuer: text("issuer"),
    clientId: text("clientId"),
    clientSecret: text("clientSecret") || null,
    roleClaim: text("roleClaim"),
    teamClaim: text("teamClaim"),
    mappings,
    allowedDomains: text("allowedDomains")
      .split(/[\s,]+/)
      .filter((domain) => domain !== ""),
    createsPeople: form.get("createsPeople") === "on",
  });
  if (parsed.success) return { input: parsed.data };
  return { wrong: [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))] };
}

function readMapping(line: string) {
  const [, group = "", role, team] = MAPPING.exec(line) ?? [];
  return { group, role: role ?? null, team: team ?? null };
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
