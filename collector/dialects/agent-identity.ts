import type { Identity } from "#lib/usage/usage-event.ts";
import type { Attributes, Resource } from "../otlp/model.ts";
import { identityOf } from "./identity.ts";

type Item = { readonly attributes: Attributes; readonly resource: Resource };

/** The identity an item gives, with what the dialect knows better; null leaves a part unsaid. */
export function agentIdentity(
  item: Item,
  better: { readonly [Part in keyof Identity]?: string | null },
): Identity {
  const entries = Object.entries({
    ...identityOf(item.attributes, item.resource.attributes),
    ...better,
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}
