import type { ListedPrice } from "#lib/price-book/list-prices.ts";

/** For the `list` of a field that takes a model's name. */
export const MODEL_NAMES = "model-names";

/** The names that such fields offer. */
export function ModelNames({ names }: { readonly names: readonly string[] }) {
  return (
    <datalist id={MODEL_NAMES}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}

/** `provider/model` of all models of the price book. */
export function modelNames(rows: readonly ListedPrice[]): string[] {
  return [
    ...new Set(rows.flatMap(({ provider, model }) => (model ? [`${provider}/${model}`] : []))),
  ];
}
