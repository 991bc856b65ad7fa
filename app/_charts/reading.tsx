/** What stands under the pointer on a chart. Lines without a value are left out. */
export function Reading({
  title,
  lines,
}: {
  readonly title: string;
  readonly lines: readonly (readonly [name: string, value: string | null])[];
}) {
  return (
    <div className="min-w-44 rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-black/10 shadow-lg">
      <p className="mb-1 font-medium">{title}</p>
      {lines.map(
        ([name, value]) =>
          value !== null && (
            <p key={name} className="flex justify-between gap-6 leading-5">
              <span className="text-muted">{name}</span>
              <span className="figures">{value}</span>
            </p>
          ),
      )}
    </div>
  );
}
