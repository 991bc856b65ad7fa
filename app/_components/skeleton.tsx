/** Stands where a panel will be, with the panel's own size, so that nothing jumps. */
export function PanelSkeleton({ height }: { readonly height: number }) {
  return (
    <div className="rounded-lg border border-line bg-surface p-4" style={{ height }} aria-hidden>
      <div className="skeleton h-4 w-32" />
      <div className="skeleton mt-6 h-3 w-full" />
      <div className="skeleton mt-4 h-3 w-4/5" />
      <div className="skeleton mt-4 h-3 w-11/12" />
    </div>
  );
}
