import { AppError } from "#lib/errors.ts";
import type { Invoice } from "./reconciliation-store.ts";

/**
 * What an invoice is to those of its month and providers that count: a further
 * part, the whole anew, or one of them anew by its id.
 */
export type ToEarlier = "add" | "replace" | (string & {});

export const STANDINGS = ["open", "accepted", "added_to", "replaced", "withdrawn"] as const;
/** How an invoice stands among those of its month; by which other it was added to or replaced. */
export type Standing =
  | { readonly state: "open" | "accepted" | "withdrawn" }
  | { readonly state: "added_to" | "replaced"; readonly by: string };

/** What makes an invoice stand as it does. */
export type Standee = Pick<
  Invoice,
  "id" | "month" | "providers" | "replaces" | "addedTo" | "withdrawn" | "accepted"
>;

/** Those that count: not withdrawn, and not replaced by one that is not. */
export function inForce<One extends Standee>(invoices: readonly One[]): readonly One[] {
  const standing = invoices.filter(({ withdrawn }) => withdrawn === null);
  const replaced = new Set(standing.flatMap(({ replaces }) => replaces));
  return standing.filter(({ id }) => !replaced.has(id));
}

/** @param invoices All of its month. */
export function standingOf(invoice: Standee, invoices: readonly Standee[]): Standing {
  const { id, accepted, withdrawn } = invoice;
  if (withdrawn !== null) return { state: "withdrawn" };
  const standing = invoices.filter((other) => other.withdrawn === null);
  const heir = standing.find(({ replaces }) => replaces.includes(id));
  if (heir !== undefined) return { state: "replaced", by: heir.id };
  const further = inForce(standing).find(({ addedTo }) => addedTo.includes(id));
  if (further !== undefined) return { state: "added_to", by: further.id };
  return { state: accepted === null ? "open" : "accepted" };
}

/** Those that a month's gap is told by: each with the parts that it was added to. */
export function latestOf<One extends Standee>(invoices: readonly One[]): readonly One[] {
  return inForce(invoices).filter((invoice) =>
    ["open", "accepted"].includes(standingOf(invoice, invoices).state),
  );
}

/** Those that count of a month and of these providers, or that share a provider with one of them. */
export function earlierOf<One extends Standee>(
  { month, providers }: Pick<Standee, "month" | "providers">,
  invoices: readonly One[],
): readonly One[] {
  const all = inForce(invoices.filter((invoice) => invoice.month === month));
  const named = new Set(providers);
  for (let size = 0; size < named.size; ) {
    size = named.size;
    for (const invoice of all) {
      if (!invoice.providers.some((provider) => named.has(provider))) continue;
      for (const provider of invoice.providers) named.add(provider);
    }
  }
  return all.filter((invoice) => invoice.providers.some((provider) => named.has(provider)));
}

/**
 * Which invoices a new one replaces and which it is added to.
 *
 * @throws {AppError} "conflict" where there are earlier ones and nobody says what
 *   it is to them, "invalid" for a replacement that leaves out a provider or
 *   names none of them.
 */
export function placeAmong(
  providers: readonly string[],
  earlier: readonly (Standee & Pick<Invoice, "fileName">)[],
  said: ToEarlier | null,
): Pick<Invoice, "replaces" | "addedTo"> {
  if (earlier.length === 0) return { replaces: [], addedTo: [] };
  if (said === null) {
    const files = earlier.map(({ fileName }) => fileName).join(", ");
    throw new AppError(
      `This month has an invoice of the provider already (${files}): say whether this file replaces it or adds to it`,
      { code: "conflict" },
    );
  }
  const isReplaced = ({ id }: Standee) => said === "replace" || said === id;
  const replaced = said === "add" ? [] : earlier.filter(isReplaced);
  if (said !== "add" && replaced.length === 0) {
    throw new AppError("The invoice to replace is none of this month and provider that counts", {
      code: "invalid",
    });
  }
  for (const { fileName, providers: had } of replaced) {
    const missing = had.filter((provider) => !providers.includes(provider));
    if (missing.length === 0) continue;
    throw new AppError(
      `${fileName} also has ${missing.join(", ")}, which this file has not: it cannot replace it`,
      { code: "invalid" },
    );
  }
  const replaces = replaced.map(({ id }) => id);
  const addedTo = earlier.map(({ id }) => id).filter((id) => !replaces.includes(id));
  return { replaces, addedTo };
}
