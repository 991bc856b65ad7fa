import { createHash } from "node:crypto";
import type { Charge } from "#lib/cost-model/charge.ts";
import type { CostInputs } from "#lib/cost-model/cost-inputs.ts";
import type { NewRate } from "#lib/price-book/own-rate.ts";
import type { NamedUsage } from "#lib/price-book/unknown-names.ts";
import type { NewCharge } from "./charge-store.ts";
import type { NewPool } from "./pool-store.ts";
import type { NewModel } from "./team-model-store.ts";

/** A change of how teams' costs are built that is looked at before it is recorded. */
export type CostDraft =
  | { readonly kind: "model"; readonly model: NewModel }
  | { readonly kind: "charge"; readonly charge: NewCharge; readonly corrects: string | null }
  | { readonly kind: "pool"; readonly pool: NewPool; readonly of: string | null }
  | { readonly kind: "contract"; readonly rates: readonly NewRate[] };

type Book = Pick<CostInputs, "charges" | "pools" | "models">;

/** The name of what has no id yet. */
const DRAFT_ID = "draft";

/** What the cost book would hold with the draft recorded; contract rates are not in it. */
export function withDraft(book: Book, draft: CostDraft): Book {
  switch (draft.kind) {
    case "model": {
      const { team, effectiveFrom } = draft.model;
      const others = book.models.filter(
        (model) => model.team !== team || model.effectiveFrom !== effectiveFrom,
      );
      return { ...book, models: [...others, draft.model] };
    }
    case "charge": {
      const charge: Charge = { ...draft.charge, id: draft.corrects ?? DRAFT_ID };
      return {
        ...book,
        charges: inPlace<Charge>(book.charges, charge, ({ id }) => id === charge.id),
      };
    }
    case "pool": {
      const pool = { ...draft.pool, id: draft.of ?? DRAFT_ID };
      const isSame = ({ id }: { readonly id: string }) => id === pool.id;
      const rest = book.pools.filter(
        (version) => !isSame(version) || version.effectiveFrom !== pool.effectiveFrom,
      );
      const at = book.pools.findIndex(isSame);
      return { ...book, pools: rest.toSpliced(at < 0 ? rest.length : at, 0, pool) };
    }
    case "contract":
      return book;
  }
}

/** A correction stands where what it corrects stood: what was recorded first goes first, where that decides. */
function inPlace<T>(list: readonly T[], item: T, isCorrected: (other: T) => boolean): T[] {
  if (!list.some(isCorrected)) return [...list, item];
  return list.map((other) => (isCorrected(other) ? item : other));
}

/** The usage that a draft says something of, as far as it names any. */
export function namedBy(draft: CostDraft): readonly NamedUsage[] {
  if (draft.kind === "pool") return [];
  if (draft.kind === "model") return draft.model.funding;
  return draft.kind === "charge" ? [draft.charge] : draft.rates;
}

/** Names a draft by its content: what is recorded is what was looked at. */
export function draftDigest(draft: CostDraft): string {
  const text = JSON.stringify(draft, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}` : value,
  );
  return createHash("sha256").update(text).digest("hex");
}
